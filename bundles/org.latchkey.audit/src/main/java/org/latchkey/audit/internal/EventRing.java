package org.latchkey.audit.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.latchkey.audit.PhoneEvent;

/** The last events of one phone. An event that repeats the last one is counted, not kept again. */
final class EventRing {

  /** An event, and how often in a row it happened. */
  private record Counted(PhoneEvent event, int times) {

    PhoneEvent told() {
      if (times == 1) {
        return event;
      }
      String words = event.words() + " (" + times + " times in a row)";
      return new PhoneEvent(
          event.at(),
          event.kind(),
          event.keyIdentifier(),
          event.aor(),
          event.device(),
          event.source(),
          words.strip());
    }
  }

  private final int size;
  private final Deque<Counted> newestFirst = new ArrayDeque<>(2);

  EventRing(int size) {
    this.size = size;
  }

  void add(PhoneEvent event) {
    Counted last = newestFirst.peekFirst();
    if (last != null && isSame(last.event(), event)) {
      newestFirst.removeFirst();
      newestFirst.addFirst(new Counted(event, last.times() + 1));
      return;
    }
    if (newestFirst.size() == size) {
      newestFirst.removeLast();
    }
    newestFirst.addFirst(new Counted(event, 1));
  }

  Stream<PhoneEvent> events() {
    return newestFirst.stream().map(Counted::told);
  }

  /** Whether two events differ in nothing but their time. */
  private static boolean isSame(PhoneEvent a, PhoneEvent b) {
    return a.kind() == b.kind()
        && a.words().equals(b.words())
        && a.source().equals(b.source())
        && a.keyIdentifier().equals(b.keyIdentifier())
        && a.aor().equals(b.aor())
        && a.device().equals(b.device());
  }
}
