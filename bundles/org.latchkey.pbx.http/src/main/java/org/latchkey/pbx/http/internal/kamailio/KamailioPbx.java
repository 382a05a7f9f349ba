package org.latchkey.pbx.http.internal.kamailio;

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
import org.latchkey.key.Aor;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;
import org.latchkey.pbx.http.internal.PbxSite;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kamailio as a PBX: its registrations and calls, by its JSON-RPC. */
@Component(
    immediate = true,
    service = {PbxControl.class, StatusSource.class, RegistrationListener.class})
public final class KamailioPbx
    implements PbxControl, StatusSource, RegistrationListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KamailioPbx.class);
  private static final long ROUND_SECONDS = 2;

  private final PbxSite site;
  private final Kamailio kamailio;
  private final SiteDestinations destinations;
  private final Clock clock;
  private final Rpc rpc;
  private final Location location;
  private final Dialogs dialogs;
  private final RevocationWatch watch;
  private final ScheduledExecutorService rounds;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable RegistrationKeys keys;

  /** The Kamailio of the settings. */
  @Activate
  public KamailioPbx(
      @Reference PbxSite site,
      @Reference Kamailio kamailio,
      @Reference SiteDestinations destinations) {
    this(
        site,
        kamailio,
        destinations,
        new HttpRpc(
            kamailio.settings().rpcAddress(),
            new RpcWord(Path.of(System.getProperty("karaf.base", "")), "kamailio")),
        Clock.systemUTC());
    var unused = rounds.scheduleWithFixedDelay(this::round, 0, ROUND_SECONDS, TimeUnit.SECONDS);
  }

  /** Without OSGi; {@link #round} is called by nobody. */
  KamailioPbx(
      PbxSite site, Kamailio kamailio, SiteDestinations destinations, Rpc rpc, Clock clock) {
    this.site = site;
    this.kamailio = kamailio;
    this.destinations = destinations;
    this.clock = clock;
    this.rpc = rpc;
    this.location = new Location(rpc);
    this.dialogs = new Dialogs(rpc);
    this.watch = new RevocationWatch(location, () -> Optional.ofNullable(keys));
    this.rounds =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "latchkey-kamailio");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Ends the rounds. */
  @Override
  @Deactivate
  public void close() {
    rounds.shutdownNow();
  }

  void round() {
    try {
      watch.round();
    } catch (RuntimeException e) {
      LOG.warn("A look at Kamailio's registrations failed", e);
    }
  }

  @Override
  public void accepted(String keyIdentifier, Aor aor, Instant at) {
    watch.registered(keyIdentifier);
  }

  @Override
  public String name() {
    return "kamailio";
  }

  @Override
  public String realm() {
    return site.realm();
  }

  @Override
  public List<String> listeners() {
    return kamailio.settings().listen().stream()
        .map(listener -> listener.replaceFirst(":", " "))
        .toList();
  }

  /** None when Kamailio can't be reached; the status says so. */
  @Override
  public List<Registration> registrations() {
    try {
      return location.registrations(clock.instant());
    } catch (IOException e) {
      LOG.warn("Kamailio did not list its registrations: {}", e.getMessage());
      return List.of();
    }
  }

  @Override
  public int drop(String keyIdentifier) {
    watch.registered(keyIdentifier);
    return counted(() -> location.drop(keyIdentifier), "drop the registrations");
  }

  @Override
  public int hangUp(String keyIdentifier) {
    return counted(() -> dialogs.hangUp(keyIdentifier), "end the calls");
  }

  @Override
  public int checkSync(String keyIdentifier, String event) {
    return counted(() -> tell(keyIdentifier, event), "tell the phones");
  }

  @Override
  public String part() {
    return "Kamailio";
  }

  @Override
  public List<StatusLine> status() {
    return KamailioStatus.lines(site, kamailio, destinations, rpc, clock.instant());
  }

  private int tell(String keyIdentifier, String event) throws IOException {
    if (!event.matches("[!-~ ]{1,128}")) {
      throw new IllegalArgumentException("no value of an Event header: it has a line break");
    }
    List<Contact> contacts = location.contacts(keyIdentifier);
    for (Contact contact : contacts) {
      String aor = contact.toRegistration(keyIdentifier, clock.instant()).aor().toUri();
      String headers =
          "From: <%1$s>\r\nTo: <%1$s>\r\nEvent: %2$s\r\nSubscription-State: terminated\r\nContact: <%3$s>\r\n"
              .formatted(aor, event, "sip:" + contact.socket().replaceFirst("^[a-z]+:", ""));
      rpc.call(
          "tm.t_uac_start",
          List.of("NOTIFY", contact.address(), contact.target(), contact.socket(), headers, ""));
    }
    return contacts.size();
  }

  private static int counted(Work work, String what) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new IllegalStateException("Kamailio did not " + what + ": " + e.getMessage(), e);
    }
  }

  private interface Work {
    int run() throws IOException;
  }
}
