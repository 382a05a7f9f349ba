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
 * Counts refused calls to permitted destinations, so that whoever sends them by the thousand gets
 * two audit entries a minute and not thousands: the first call's, and one with the number of the
 * others.
 */
final class RefusedCallTally {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_SOURCES = 1000;
  private static final String OTHERS = "others";

  /** In the order in which their windows end. */
  private final Map<String, Window> bySource = new LinkedHashMap<>();

  /** Whether this is the first refused call of its source in a minute; counts it if not. */
  boolean isFirst(PermittedCall call, Instant now) {
    AuditEntry entry = new CallRecord(call).entry();
    String source = entry.keyIdentifier() + ' ' + entry.source();
    boolean known = bySource.containsKey(source);
    String key = known || bySource.size() < MAX_SOURCES ? source : OTHERS;
    Window window = bySource.get(key);
    if (window == null) {
      bySource.put(key, new Window(call, now.plus(WINDOW)));
      return true;
    }
    window.others++;
    return false;
  }

  /** The entries of windows that have ended and had more than one call. */
  List<AuditEntry> ended(Instant now) {
    List<AuditEntry> entries = new ArrayList<>();
    Iterator<Window> windows = bySource.values().iterator();
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
    return bySource.isEmpty();
  }

  private static final class Window {
    private final PermittedCall first;
    private final Instant end;
    private int others;

    Window(PermittedCall first, Instant end) {
      this.first = first;
      this.end = end;
    }
  }
}
