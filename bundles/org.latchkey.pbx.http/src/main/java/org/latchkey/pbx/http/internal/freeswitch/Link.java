package org.latchkey.pbx.http.internal.freeswitch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.key.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to FreeSWITCH: a connection that listens to its events, opened anew when it ends, and one
 * for each command. {@link #round} is called every second or two, by one thread; the others from
 * any.
 */
final class Link implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);
  private static final int ANSWER_MILLIS = 1_500;
  private static final int ROUNDS_BETWEEN_LISTS = 15;

  private final FreeSwitch freeSwitch;
  private final EventSocketPassword password;
  private final RegistrationEvents events;
  private final Clock clock;
  private volatile @Nullable EventSocket listening;
  private volatile boolean closed;
  private int rounds;
  private String problem = "";

  /** What is done with a connection. */
  interface Commands<T> {
    /** Does it. */
    T run(EventSocket commands) throws IOException;
  }

  Link(
      FreeSwitch freeSwitch, EventSocketPassword password, RegistrationEvents events, Clock clock) {
    this.freeSwitch = freeSwitch;
    this.password = password;
    this.events = events;
    this.clock = clock;
  }

  /** Whether there is a FreeSWITCH at all. */
  boolean isUsed() {
    return password.isThere();
  }

  /** Runs commands on a connection of their own. */
  <T> T run(Commands<T> commands) throws IOException {
    try (EventSocket socket = open()) {
      return commands.run(socket);
    }
  }

  /** Listens if nobody does, lists now and then, and drops what is revoked. */
  void round(Optional<RegistrationKeys> keys) {
    if (!isUsed() || closed) {
      return;
    }
    try {
      if (listening == null) {
        listen();
        rounds = 0;
      }
      if (rounds == 0) {
        list();
      }
      rounds = (rounds + 1) % ROUNDS_BETWEEN_LISTS;
      dropRevoked(keys);
      problem = "";
    } catch (IOException | RuntimeException e) {
      rounds = 0;
      freeSwitch.registrations().areUnknown();
      String words = String.valueOf(e.getMessage());
      if (!words.equals(problem)) {
        LOG.warn("FreeSWITCH's event socket can't be used; tried again until it can: {}", words);
      }
      problem = words;
    }
  }

  /**
   * Drops the registrations of a key.
   *
   * @return how many there were
   */
  int drop(String keyIdentifier) throws IOException {
    List<LiveRegistration> found = freeSwitch.registrations().of(keyIdentifier);
    if (found.isEmpty()) {
      return 0;
    }
    List<LiveRegistration> all = freeSwitch.registrations().at(Instant.MIN).toList();
    return run(
        commands -> {
          for (LiveRegistration one : found) {
            commands.api(Flush.command(one, all));
            freeSwitch.registrations().remove(one.id());
          }
          return found.size();
        });
  }

  /**
   * Sends the phones of a key a NOTIFY.
   *
   * @return how many there are
   */
  int checkSync(String keyIdentifier, String event) throws IOException {
    List<LiveRegistration> found =
        freeSwitch
            .registrations()
            .at(clock.instant())
            .filter(one -> one.authenticatedAs().equals(keyIdentifier))
            .toList();
    return found.isEmpty()
        ? 0
        : run(
            commands -> {
              for (LiveRegistration one : found) {
                commands.send(notify(one, event));
              }
              return found.size();
            });
  }

  private static String notify(LiveRegistration one, String event) {
    return String.join(
        "\n",
        "sendevent NOTIFY",
        "profile: " + one.profile(),
        "user: " + one.id().user(),
        "host: " + one.id().host(),
        "call-id: " + one.id().callId(),
        "event-string: " + event,
        "content-type: text/plain");
  }

  private void dropRevoked(Optional<RegistrationKeys> keys) throws IOException {
    if (keys.isPresent() && keys.get().unavailable().isEmpty()) {
      for (String key : freeSwitch.registrations().keys()) {
        if (!keys.get().authenticates(key)) {
          int dropped = drop(key);
          LOG.info("FreeSWITCH dropped {} registrations of the ended key {}", dropped, key);
        }
      }
    }
  }

  private void list() throws IOException {
    Instant now = clock.instant();
    List<LiveRegistration> found = new ArrayList<>();
    run(
        commands -> {
          for (String profile : freeSwitch.settings().profiles()) {
            String text = commands.api("sofia status profile " + profile + " reg");
            if (!text.contains("Registrations:")) {
              throw new IOException("there is no SIP profile " + profile + " in FreeSWITCH");
            }
            found.addAll(RegistrationList.read(text, profile, now));
          }
          return found;
        });
    freeSwitch.registrations().listed(found, now);
  }

  private EventSocket open() throws IOException {
    FreeSwitchSettings settings = freeSwitch.settings();
    try (Secret word = password.read()) {
      return EventSocket.open(
          new InetSocketAddress(settings.host(), settings.port()), word, ANSWER_MILLIS);
    }
  }

  private void listen() throws IOException {
    EventSocket socket = open();
    try {
      socket.send(RegistrationEvents.SUBSCRIPTION);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    listening = socket;
    Thread thread = new Thread(() -> take(socket), "latchkey-freeswitch-events");
    thread.setDaemon(true);
    thread.start();
  }

  private void take(EventSocket socket) {
    try (socket) {
      while (!closed) {
        events.take(socket.event());
      }
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        LOG.warn("FreeSWITCH tells no more: {}", e.getMessage());
      }
    } finally {
      freeSwitch.registrations().areUnknown();
      listening = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    EventSocket socket = listening;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.warn("The connection to FreeSWITCH could not be closed: {}", e.getMessage());
      }
    }
  }
}
