package org.latchkey.quarantine.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.admission.PermittedCall;
import org.latchkey.audit.AuditEntry;

/**
 * Counts calls to permitted destinations that anybody can make, so that whoever sends them by the
 * thousand gets a few audit entries a minute and not thousands: those of the first calls, and one
 * with the number of the others.
 */
final class CallTally {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_CALLERS = 1000;

  /** Who calls for help and is cut off calls again: each of so many calls is told. */
  private static final int ROUTED_TOLD = 5;

  /** In the order in which their windows end. */
  private final Map<String, Window> byCaller = new LinkedHashMap<>();

  /** Whether this is one of the first calls of its sort in a minute; counts it if not. */
  boolean isTold(PermittedCall call, Instant now) {
    CallRecord record = new CallRecord(call);
    String own = record.sort() + ' ' + record.caller();
    boolean known = byCaller.containsKey(own);
    String key = known || byCaller.size() < MAX_CALLERS ? own : record.sort();
    Window window = byCaller.get(key);
    if (window == null) {
      byCaller.put(key, new Window(call, now.plus(WINDOW)));
      return true;
    }
    if (call.routed() && window.told < ROUTED_TOLD) {
      window.told++;
      return true;
    }
    window.others++;
    return false;
  }

  /** The windows that have ended and had calls that were not told. */
  List<Counted> ended(Instant now) {
    List<Counted> counted = new ArrayList<>();
    Iterator<Window> windows = byCaller.values().iterator();
    while (windows.hasNext()) {
      Window window = windows.next();
      if (window.end.isAfter(now)) {
        break;
      }
      if (window.others > 0) {
        counted.add(new Counted(window.first, window.told, window.others, window.end));
      }
      windows.remove();
    }
    return counted;
  }

  /** Whether no window is open. */
  boolean isEmpty() {
    return byCaller.isEmpty();
  }

  /**
   * A window that has ended.
   *
   * @param first the first call in it
   * @param told how many were told one by one
   * @param others how many were only counted
   * @param end when it ended
   */
  record Counted(PermittedCall first, int told, int others, Instant end) {

    /** The audit entry for those that were only counted. */
    AuditEntry entry() {
      return new CallRecord(first).repeated(others, end);
    }

    /** How many calls there were. */
    int calls() {
      return told + others;
    }
  }

  private static final class Window {
    private final PermittedCall first;
    private final Instant end;
    private int told = 1;
    private int others;

    Window(PermittedCall first, Instant end) {
      this.first = first;
      this.end = end;
    }
  }
}
