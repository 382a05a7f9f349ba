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

  /** The entries of windows that have ended and had more than one call. */
  List<AuditEntry> ended(Instant now) {
    List<AuditEntry> entries = new ArrayList<>();
    Iterator<Window> windows = byCaller.values().iterator();
    while (windows.hasNext()) {
      Window window = windows.next();
      if (window.end.isAfter(now)) {
        break;
      }
      if (window.others > 0) {
        entries.add(new CallRecord(window.first).repeated(window.others, window.end));
      }
      windows.remove();
    }
    return entries;
  }

  /** Whether no window is open. */
  boolean isEmpty() {
    return byCaller.isEmpty();
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
