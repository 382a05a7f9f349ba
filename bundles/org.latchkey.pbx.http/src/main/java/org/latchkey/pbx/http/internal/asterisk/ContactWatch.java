package org.latchkey.pbx.http.internal.asterisk;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.pbx.http.internal.LatchkeyServices;
import org.latchkey.pbx.http.internal.asterisk.ContactRemoval.Dropped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no registration and no cached row outlives its key, whichever node revoked it,
 * whether or not Asterisk could be reached then, and though its REGISTER was on the way; and tells
 * of new registrations, which Asterisk does not. Rounds by one thread, every two seconds.
 */
final class ContactWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ContactWatch.class);
  private static final int ROUNDS_BETWEEN_LISTS = 5;

  /** How often a key is dropped again, for a REGISTER that was on its way. */
  private static final int TIMES = 3;

  private final Registrar registrar;
  private final IssuedKeys issued;
  private final Supplier<Optional<RegistrationKeys>> provider;
  private final LatchkeyServices services;
  private final Clock clock;
  private final Map<String, Integer> pending = new ConcurrentHashMap<>();
  private Map<String, IssuedLine> before = Map.of();
  private Set<String> contacts = Set.of();
  private int rounds;
  private String problem = "";

  ContactWatch(
      Registrar registrar,
      IssuedKeys issued,
      Supplier<Optional<RegistrationKeys>> provider,
      LatchkeyServices services,
      Clock clock) {
    this.registrar = registrar;
    this.issued = issued;
    this.provider = provider;
    this.services = services;
    this.clock = clock;
  }

  /** A key was revoked here. From any thread; returns at once. */
  void revoked(String keyIdentifier) {
    pending.put(keyIdentifier, TIMES);
  }

  /** Drops what has to go. What Asterisk does not take is tried again with the next round. */
  void round() {
    Map<String, IssuedLine> now = issued.all();
    Optional<RegistrationKeys> keys = provider.get().filter(known -> known.unavailable().isEmpty());
    Map<String, IssuedLine> known = new HashMap<>(before);
    known.putAll(now);
    for (String key : known.keySet()) {
      boolean wasRevoked = keys.isPresent() && !keys.get().authenticates(key);
      if (before.containsKey(key) && (wasRevoked || !now.containsKey(key))) {
        pending.putIfAbsent(key, TIMES);
      }
    }
    try {
      if (rounds == 0) {
        list(now);
      }
      rounds = (rounds + 1) % ROUNDS_BETWEEN_LISTS;
      tell(drop(known));
    } catch (IOException e) {
      rounds = 0;
      tell(String.valueOf(e.getMessage()));
    }
    before = keys.isPresent() ? without(now, keys.get()) : now;
  }

  /** Tells of a problem once. */
  private void tell(String words) {
    if (!words.isEmpty() && !words.equals(problem)) {
      LOG.warn("Asterisk did not do what it was asked; tried until it does: {}", words);
    }
    problem = words;
  }

  /** Those that are good, so that an ended key is noticed once. */
  private static Map<String, IssuedLine> without(
      Map<String, IssuedLine> lines, RegistrationKeys keys) {
    Map<String, IssuedLine> good = new HashMap<>(lines);
    good.keySet().removeIf(key -> !keys.authenticates(key));
    return good;
  }

  /** Drops what is pending; gives what Asterisk refused in words, and keeps that pending. */
  private String drop(Map<String, IssuedLine> known) throws IOException {
    Map<String, Set<String>> keys = new HashMap<>();
    for (String key : List.copyOf(pending.keySet())) {
      IssuedLine line = known.get(key);
      keys.put(key, line == null ? Set.of() : Set.of(line.aor().toString()));
    }
    Dropped dropped = registrar.drop(keys);
    dropped.contacts().stream()
        .collect(groupingBy(Contact::endpoint, counting()))
        .forEach(
            (key, number) ->
                LOG.info("Asterisk dropped {} registrations of the ended key {}", number, key));
    for (String key : keys.keySet()) {
      if (!dropped.refused().containsKey(key)) {
        pending.computeIfPresent(key, (k, times) -> times > 1 ? times - 1 : null);
      }
    }
    return dropped.problem();
  }

  private void list(Map<String, IssuedLine> now) throws IOException {
    Set<String> listed = new HashSet<>();
    for (Contact contact : registrar.contacts()) {
      listed.add(contact.endpoint() + ' ' + contact.name());
      IssuedLine line = now.get(contact.endpoint());
      if (line != null && !contacts.contains(contact.endpoint() + ' ' + contact.name())) {
        services
            .registrationListeners()
            .forEach(l -> l.accepted(line.keyIdentifier(), line.aor(), clock.instant()));
        services.note(
            new PhoneEvent(
                clock.instant(),
                PhoneEvent.Kind.REGISTERED,
                line.keyIdentifier(),
                line.aor().toString(),
                "",
                contact.source().replaceFirst(":[0-9]*$", ""),
                "registered"));
      } else if (line == null && IssuedKeys.hasForm(contact.endpoint())) {
        pending.putIfAbsent(contact.endpoint(), TIMES);
      }
    }
    contacts = listed;
  }
}
