package org.latchkey.pbx.http.internal.proxy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.latchkey.key.RegistrationKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no registration outlives its key: whichever node revoked it, whether or not the
 * proxy could be reached then, and though its REGISTER was on the way. Asked every second or two,
 * by one thread.
 */
final class RevocationWatch {

  private static final Logger LOG = LoggerFactory.getLogger(RevocationWatch.class);
  private static final int MOST_KEYS = 500_000;
  private static final int ROUNDS_BETWEEN_LISTS = 30;

  private final String proxy;
  private final KeyedContacts contacts;
  private final Supplier<Optional<RegistrationKeys>> provider;
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private int rounds;
  private String problem = "";

  RevocationWatch(
      String proxy, KeyedContacts contacts, Supplier<Optional<RegistrationKeys>> provider) {
    this.proxy = proxy;
    this.contacts = contacts;
    this.provider = provider;
  }

  /** A key has registered. From any thread; returns at once. */
  void registered(String keyIdentifier) {
    // Almost always it is known, and adding takes a lock.
    if (!keys.contains(keyIdentifier) && keys.size() < MOST_KEYS) {
      keys.add(keyIdentifier);
    }
  }

  /** Drops what has to go. What the proxy does not take is tried again with the next round. */
  void round() {
    String failure = "";
    try {
      if (rounds == 0) {
        // What registers while the list is on its way may not be in it.
        Set<String> before = Set.copyOf(keys);
        Set<String> listed = contacts.keys();
        before.stream().filter(key -> !listed.contains(key)).forEach(keys::remove);
        listed.stream().limit(MOST_KEYS).forEach(keys::add);
      }
      rounds = (rounds + 1) % ROUNDS_BETWEEN_LISTS;
    } catch (IOException e) {
      rounds = 0;
      failure = String.valueOf(e.getMessage());
    }
    // A list that can't be read keeps nobody who is known already.
    try {
      dropEnded();
    } catch (IOException e) {
      rounds = 0;
      failure = String.valueOf(e.getMessage());
    }
    if (!failure.isEmpty() && !failure.equals(problem)) {
      LOG.warn("{}'s RPC can't be used; tried again until it can: {}", proxy, failure);
    }
    problem = failure;
  }

  /** One that it does not drop keeps none of the others, unless it answers nothing at all. */
  private void dropEnded() throws IOException {
    Optional<RegistrationKeys> known = provider.get();
    if (known.isEmpty() || known.get().unavailable().isPresent()) {
      return;
    }
    Optional<IOException> failure = Optional.empty();
    for (String key : List.copyOf(keys)) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      if (known.get().authenticates(key)) {
        continue;
      }
      try {
        int dropped = contacts.drop(key);
        keys.remove(key);
        LOG.info("{} dropped {} registrations of the ended key {}", proxy, dropped, key);
      } catch (IOException e) {
        failure = Optional.of(e);
        if (!answers()) {
          break;
        }
      } catch (RuntimeException e) {
        failure = Optional.of(new IOException("can't drop " + key + ": " + e, e));
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** Asked apart, since one key alone may take the proxy longer than it is waited for. */
  private boolean answers() {
    try {
      contacts.made();
      return true;
    } catch (ConnectException | SocketTimeoutException e) {
      return false;
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }
}
