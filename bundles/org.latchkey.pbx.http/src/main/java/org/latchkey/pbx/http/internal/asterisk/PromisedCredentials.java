package org.latchkey.pbx.http.internal.asterisk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Secret;

/**
 * The HA1s of keys whose endpoint was given a moment ago. Asterisk asks for an endpoint's
 * credentials in a question of its own, and answers 500 to a phone whose endpoint it has without
 * them; so who got the endpoint gets these, though their source is replaced in between. Only all
 * that a key has are promised: Asterisk keeps what it is given for minutes. Wiped after two
 * seconds. Thread-safe.
 */
final class PromisedCredentials implements AutoCloseable {

  private static final Duration LIFE = Duration.ofSeconds(2);
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final ScheduledExecutorService timer;

  /** The oldest first. */
  private final Map<String, Promise> byName = new LinkedHashMap<>();

  PromisedCredentials(InstantSource clock) {
    this.clock = clock;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "latchkey-asterisk-promises");
              thread.setDaemon(true);
              return thread;
            });
    var unused = timer.scheduleWithFixedDelay(this::wipeEnded, 1, 1, TimeUnit.SECONDS);
  }

  private record Promise(Map<DigestAlgorithm, Secret> credentials, Instant until) {}

  /** Keeps copies; the caller's stay the caller's. */
  synchronized void keep(String name, Map<DigestAlgorithm, Secret> credentials) {
    wipeEnded();
    wipe(byName.remove(name));
    if (byName.size() < MOST) {
      byName.put(name, new Promise(copies(credentials), clock.instant().plus(LIFE)));
    }
  }

  /** Copies for the caller to close; none when none were promised. */
  synchronized Map<DigestAlgorithm, Secret> of(String name) {
    wipeEnded();
    Promise promise = byName.get(name);
    return promise == null ? Map.of() : copies(promise.credentials);
  }

  private static Map<DigestAlgorithm, Secret> copies(Map<DigestAlgorithm, Secret> credentials) {
    Map<DigestAlgorithm, Secret> copies = new EnumMap<>(DigestAlgorithm.class);
    credentials.forEach(
        (algorithm, secret) -> {
          byte[] bytes = secret.copy();
          copies.put(algorithm, Secret.copyOf(bytes));
          Arrays.fill(bytes, (byte) 0);
        });
    return copies;
  }

  private synchronized void wipeEnded() {
    Instant now = clock.instant();
    Iterator<Promise> promises = byName.values().iterator();
    while (promises.hasNext()) {
      Promise promise = promises.next();
      if (now.isBefore(promise.until)) {
        return;
      }
      wipe(promise);
      promises.remove();
    }
  }

  private static void wipe(@Nullable Promise promise) {
    if (promise != null) {
      promise.credentials.values().forEach(Secret::close);
    }
  }

  @Override
  public synchronized void close() {
    timer.shutdownNow();
    byName.values().forEach(PromisedCredentials::wipe);
    byName.clear();
  }
}
