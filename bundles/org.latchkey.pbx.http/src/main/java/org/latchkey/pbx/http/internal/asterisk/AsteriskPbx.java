package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;
import org.latchkey.pbx.http.internal.LatchkeyServices;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.SiteDestinations;
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

/** Asterisk as a PBX: its registrations and calls, by its manager interface. */
@Component(
    immediate = true,
    service = {PbxControl.class, StatusSource.class})
public final class AsteriskPbx implements PbxControl, StatusSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AsteriskPbx.class);
  private static final long ROUND_SECONDS = 2;

  private final PbxSite site;
  private final Asterisk asterisk;
  private final SiteDestinations destinations;
  private final IssuedKeys issued;
  private final ManagerInterface manager;
  private final ProvedKeys proved;
  private final Registrar registrar;
  private final ContactWatch watch;
  private final Clock clock;
  private final ScheduledExecutorService rounds;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable RegistrationKeys keys;

  /** The Asterisk of the settings. */
  @Activate
  public AsteriskPbx(
      @Reference PbxSite site,
      @Reference Asterisk asterisk,
      @Reference SiteDestinations destinations,
      @Reference IssuedKeys issued,
      @Reference LatchkeyServices services) {
    this(
        site,
        asterisk,
        destinations,
        issued,
        services,
        new ManagerConnection(
            asterisk.settings().managerAddress(),
            AsteriskMaker.managerWord(Path.of(System.getProperty("karaf.base", "")))),
        Clock.systemUTC());
    var unusedRounds =
        rounds.scheduleWithFixedDelay(this::round, 0, ROUND_SECONDS, TimeUnit.SECONDS);
    var unusedHearing =
        rounds.scheduleWithFixedDelay(this::hear, 0, ROUND_SECONDS, TimeUnit.SECONDS);
  }

  /** Without OSGi; {@link #round} and {@link #hear} are called by nobody. */
  AsteriskPbx(
      PbxSite site,
      Asterisk asterisk,
      SiteDestinations destinations,
      IssuedKeys issued,
      LatchkeyServices services,
      ManagerInterface manager,
      Clock clock) {
    this.site = site;
    this.asterisk = asterisk;
    this.destinations = destinations;
    this.issued = issued;
    this.clock = clock;
    this.manager = manager;
    this.proved = new ProvedKeys(issued);
    this.registrar = new Registrar(manager, proved);
    this.watch =
        new ContactWatch(registrar, issued, () -> Optional.ofNullable(keys), services, clock);
    this.rounds =
        Executors.newScheduledThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "latchkey-asterisk");
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
      LOG.warn("A look at Asterisk's registrations failed", e);
    }
  }

  /** Hears of proved keys until the connection ends; that it did is the round's to tell. */
  void hear() {
    try {
      manager.hear("security", proved::heard);
    } catch (IOException e) {
      LOG.debug("Asterisk tells of no proved keys: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("What Asterisk told of proved keys could not be taken notice of", e);
    }
  }

  @Override
  public String name() {
    return "asterisk";
  }

  @Override
  public String realm() {
    return site.realm();
  }

  @Override
  public List<String> listeners() {
    return asterisk.settings().listen().stream()
        .map(listener -> listener.replaceFirst(":", " "))
        .toList();
  }

  /** None when Asterisk can't be reached; the status says so. */
  @Override
  public List<Registration> registrations() {
    List<Registration> found = new ArrayList<>();
    try {
      for (Contact contact : registrar.contacts()) {
        registration(contact).ifPresent(found::add);
      }
    } catch (IOException e) {
      LOG.warn("Asterisk did not list its registrations: {}", e.getMessage());
    }
    return found;
  }

  /** Empty for an AOR of the administrator's own that no key can have. */
  private Optional<Registration> registration(Contact contact) {
    try {
      boolean isOurs = IssuedKeys.hasForm(contact.endpoint());
      return Optional.of(contact.toRegistration(site.domains().get(0), isOurs, clock.instant()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public int drop(String keyIdentifier) {
    watch.revoked(keyIdentifier);
    Set<String> aors =
        issued.key(keyIdentifier).stream()
            .map(line -> line.aor().toString())
            .collect(Collectors.toSet());
    return counted(() -> registrar.drop(keyIdentifier, aors), "drop the registrations");
  }

  @Override
  public int hangUp(String keyIdentifier) {
    return counted(() -> registrar.hangUp(keyIdentifier), "end the calls");
  }

  @Override
  public int checkSync(String keyIdentifier, String event) {
    if (!event.matches("[!-~&&[^,]]{1,128}")) {
      throw new IllegalArgumentException("no value of an Event header that Asterisk can send");
    }
    return counted(() -> registrar.tell(keyIdentifier, event), "tell the phones");
  }

  @Override
  public String part() {
    return "Asterisk";
  }

  @Override
  public List<StatusLine> status() {
    String address = asterisk.settings().managerAddress();
    try {
      String made = registrar.made();
      String mark = new AsteriskTemplate(site, asterisk.settings(), destinations.read()).mark();
      return List.of(
          made.equals(mark)
              ? StatusLine.ok("Asterisk answers at " + address + ", with the settings of today")
              : StatusLine.warning(
                  "Asterisk's configuration was made of other settings, emergency numbers perhaps",
                  "Type latchkey:pbx-config asterisk DIRECTORY, bring the directory to Asterisk,"
                      + " and restart it."));
    } catch (IOException e) {
      return List.of(
          StatusLine.fault(
              "Asterisk's manager interface at %s can't be used, so revoked phones stay registered there: %s"
                  .formatted(address, e.getMessage()),
              "Start Asterisk, and compare managerAddress in etc/org.latchkey.pbx.http.asterisk.cfg."));
    } catch (RequestRefusedException | IllegalArgumentException e) {
      return List.of(
          StatusLine.warning(
              "Whether Asterisk has the emergency numbers of today is not known: " + e.getMessage(),
              "Correct the file."));
    }
  }

  private static int counted(Work work, String what) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new IllegalStateException("Asterisk did not " + what + ": " + e.getMessage(), e);
    }
  }

  private interface Work {
    int run() throws IOException;
  }
}
