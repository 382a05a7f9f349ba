package org.latchkey.audit.internal;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneEvent.Kind;

/**
 * The phones that are remembered, each with its last events. A phone is in by what its key proved;
 * everything else is filed under the address it came from, so that made-up names cost their sender
 * its own place and nobody else's. Not thread-safe.
 */
final class Memory {

  /** With a key identifier, these only happen to a phone that proved it, or that a person named. */
  private static final Set<Kind> PROVED =
      Set.of(
          Kind.FETCHED,
          Kind.REGISTERED,
          Kind.UNREGISTERED,
          Kind.CALL_ADMITTED,
          Kind.CALL_REFUSED,
          Kind.CALL_PERMITTED,
          Kind.HELD,
          Kind.RELEASED,
          Kind.REVOKED);

  private final int eventsPerPhone;
  private final Map<String, Phone> phones;
  private final Map<String, Phone> strangers;

  Memory(int phones, int strangers, int eventsPerPhone) {
    this.eventsPerPhone = eventsPerPhone;
    this.phones = bounded(phones);
    this.strangers = bounded(strangers);
  }

  /** Whether an event is a phone's own by proof. */
  static boolean isProved(PhoneEvent event) {
    return PROVED.contains(event.kind()) && !event.keyIdentifier().isEmpty();
  }

  void add(PhoneEvent event) {
    if (isProved(event)) {
      phones
          .computeIfAbsent(event.keyIdentifier(), k -> new Phone(eventsPerPhone))
          .addProved(event);
      return;
    }
    Phone known = phones.get(event.keyIdentifier());
    if (known == null) {
      known = strangers.computeIfAbsent(place(event), k -> new Phone(eventsPerPhone));
    }
    known.addUnproved(event);
  }

  List<PhoneEvent> recent(Set<String> names, int limit) {
    return Stream.concat(phones.values().stream(), strangers.values().stream())
        .flatMap(phone -> phone.named(names))
        .sorted(Comparator.comparing(PhoneEvent::at).reversed())
        .limit(Math.max(0, limit))
        .toList();
  }

  int phones() {
    return phones.size();
  }

  private static String place(PhoneEvent event) {
    return event.source().isEmpty() ? event.aor() : event.source();
  }

  /** A map that forgets what was touched longest ago. */
  private static Map<String, Phone> bounded(int size) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.@Nullable Entry<String, Phone> eldest) {
        return size() > size;
      }
    };
  }
}
