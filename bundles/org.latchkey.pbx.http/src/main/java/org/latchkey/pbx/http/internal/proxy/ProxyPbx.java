package org.latchkey.pbx.http.internal.proxy;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.latchkey.key.Aor;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.registration.RegistrationListener;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A SIP proxy as a PBX: its registrations and calls, by its RPC. */
public abstract class ProxyPbx
    implements PbxControl, StatusSource, RegistrationListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProxyPbx.class);
  private static final long ROUND_SECONDS = 2;

  private final ProxyKind kind;
  private final PbxSite site;
  private final ProxySettings settings;
  private final KeyedContacts contacts;
  private final Clock clock;
  private final ProxyStatus status;
  private final RevocationWatch watch;
  private final ScheduledExecutorService rounds;

  /**
   * A proxy whose {@link #round} is called by nobody.
   *
   * @param today what its configuration would be made of now
   */
  protected ProxyPbx(
      ProxyKind kind,
      PbxSite site,
      ProxySettings settings,
      KeyedContacts contacts,
      Supplier<Template> today,
      Clock clock) {
    this.kind = kind;
    this.site = site;
    this.settings = settings;
    this.contacts = contacts;
    this.clock = clock;
    this.status = new ProxyStatus(kind, site, settings, today);
    this.watch = new RevocationWatch(kind.name(), contacts, this::keys);
    this.rounds =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "latchkey-" + kind.word());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Who knows which keys are revoked, as long as there is one. */
  protected abstract Optional<RegistrationKeys> keys();

  /** Looks for ended keys from now on, every two seconds. */
  protected final void start() {
    var unused = rounds.scheduleWithFixedDelay(this::round, 0, ROUND_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends the rounds. */
  @Override
  public void close() {
    rounds.shutdownNow();
  }

  private void round() {
    try {
      watch.round();
    } catch (RuntimeException e) {
      LOG.warn("A look at {}'s registrations failed", kind.name(), e);
    }
  }

  @Override
  public void accepted(String keyIdentifier, Aor aor, Instant at) {
    watch.registered(keyIdentifier);
  }

  @Override
  public String name() {
    return kind.word();
  }

  @Override
  public String realm() {
    return site.realm();
  }

  @Override
  public List<String> listeners() {
    return settings.listen().stream().map(listener -> listener.replaceFirst(":", " ")).toList();
  }

  /** None when the proxy can't be reached; the status says so. */
  @Override
  public List<Registration> registrations() {
    try {
      return contacts.registrations(clock.instant());
    } catch (IOException e) {
      LOG.warn("{} did not list its registrations: {}", kind.name(), e.getMessage());
      return List.of();
    }
  }

  @Override
  public int drop(String keyIdentifier) {
    watch.registered(keyIdentifier);
    return counted(() -> contacts.drop(keyIdentifier), "drop the registrations");
  }

  @Override
  public int hangUp(String keyIdentifier) {
    return counted(() -> contacts.hangUp(keyIdentifier), "end the calls");
  }

  @Override
  public int checkSync(String keyIdentifier, String event) {
    if (!event.matches("[!-~ ]{1,128}")) {
      throw new IllegalArgumentException("no value of an Event header: it has a line break");
    }
    return counted(
        () -> contacts.checkSync(keyIdentifier, event, clock.instant()), "tell the phones");
  }

  @Override
  public String part() {
    return kind.name();
  }

  @Override
  public List<StatusLine> status() {
    return status.lines(contacts, clock.instant());
  }

  private int counted(Work work, String what) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s did not %s: %s".formatted(kind.name(), what, e.getMessage()), e);
    }
  }

  private interface Work {
    int run() throws IOException;
  }
}
