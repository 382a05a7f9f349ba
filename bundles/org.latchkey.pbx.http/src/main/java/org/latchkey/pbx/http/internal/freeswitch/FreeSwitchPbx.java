package org.latchkey.pbx.http.internal.freeswitch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedCallListener;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.key.Aor;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.SiteDestinations;
import org.latchkey.registration.RegistrationListener;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** FreeSWITCH as a PBX: its registrations and calls, by its event socket. */
@Component(
    immediate = true,
    service = {PbxControl.class, StatusSource.class})
public final class FreeSwitchPbx
    implements PbxControl, StatusSource, RegistrationEvents.Listeners, AutoCloseable {

  private static final long ROUND_SECONDS = 2;

  private final PbxSite site;
  private final FreeSwitch freeSwitch;
  private final SiteDestinations destinations;
  private final Clock clock;
  private final Link link;
  private final ScheduledExecutorService rounds;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable RegistrationKeys keys;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PhoneJournal journal;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<RegistrationListener> registrationListeners = List.of();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<PermittedCallListener> permittedCallListeners = List.of();

  /** The FreeSWITCH of the settings. */
  @Activate
  public FreeSwitchPbx(
      @Reference PbxSite site,
      @Reference FreeSwitch freeSwitch,
      @Reference SiteDestinations destinations) {
    this(
        site,
        freeSwitch,
        destinations,
        new EventSocketPassword(Path.of(System.getProperty("karaf.base", ""))),
        Clock.systemUTC());
    var unused = rounds.scheduleWithFixedDelay(this::round, 0, ROUND_SECONDS, TimeUnit.SECONDS);
  }

  /** Without OSGi; {@link #round} is called by nobody. */
  FreeSwitchPbx(
      PbxSite site,
      FreeSwitch freeSwitch,
      SiteDestinations destinations,
      EventSocketPassword password,
      Clock clock) {
    this.site = site;
    this.freeSwitch = freeSwitch;
    this.destinations = destinations;
    this.clock = clock;
    this.link =
        new Link(
            freeSwitch,
            password,
            new RegistrationEvents(freeSwitch.registrations(), this, clock),
            clock);
    this.rounds =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "latchkey-freeswitch");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Ends the rounds and the connection. */
  @Override
  @Deactivate
  public void close() {
    rounds.shutdownNow();
    link.close();
  }

  void round() {
    link.round(Optional.ofNullable(keys));
  }

  @Override
  public void accepted(String keyIdentifier, Aor aor, Instant at) {
    registrationListeners.forEach(listener -> listener.accepted(keyIdentifier, aor, at));
  }

  @Override
  public void placed(PermittedCall call) {
    permittedCallListeners.forEach(listener -> listener.placed(call));
  }

  @Override
  public void note(PhoneEvent event) {
    PhoneJournal present = journal;
    if (present != null) {
      present.note(event);
    }
  }

  @Override
  public String name() {
    return "freeswitch";
  }

  @Override
  public String realm() {
    return site.realm();
  }

  @Override
  public List<String> listeners() {
    return freeSwitch.settings().listen();
  }

  @Override
  public List<Registration> registrations() {
    return freeSwitch
        .registrations()
        .at(clock.instant())
        .flatMap(one -> one.aor().map(one::toRegistration).stream())
        .toList();
  }

  @Override
  public int drop(String keyIdentifier) {
    return counted(() -> link.drop(keyIdentifier), "drop the registrations");
  }

  @Override
  public int hangUp(String keyIdentifier) {
    return counted(
        () -> link.run(commands -> Calls.hangUp(commands, keyIdentifier)), "end the calls");
  }

  @Override
  public int checkSync(String keyIdentifier, String event) {
    if (!event.matches("[!-~ ]{1,128}")) {
      throw new IllegalArgumentException("no value of an Event header: it has a line break");
    }
    return counted(() -> link.checkSync(keyIdentifier, event), "tell the phones");
  }

  @Override
  public String part() {
    return "FreeSWITCH";
  }

  @Override
  public List<StatusLine> status() {
    return FreeSwitchStatus.lines(site, freeSwitch, destinations, link);
  }

  private static int counted(Work work, String what) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new IllegalStateException("FreeSWITCH did not " + what + ": " + e.getMessage(), e);
    }
  }

  private interface Work {
    int run() throws IOException;
  }
}
