package org.latchkey.pbx.radius.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Bounds what is noted of an AOR's refusals on behalf of a client whose questions anybody can
 * forge: twenty in ten seconds, more than a phone makes. Thread-safe.
 */
final class NoteLimit {

  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final int MOST_NOTES = 20;
  private static final int MOST_AORS = 4_096;

  private final Map<String, Window> windows = new LinkedHashMap<>();
  private final LongSupplier nanoTime;

  private static final class Window {
    private final long since;
    private int notes;

    Window(long since) {
      this.since = since;
    }
  }

  NoteLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether one more may be noted of an AOR, which may be empty; counts it. */
  synchronized boolean permits(String aor) {
    long now = nanoTime.getAsLong();
    Window window = windows.get(aor);
    if (window == null || now - window.since >= WINDOW_NANOS) {
      windows.remove(aor);
      if (windows.size() >= MOST_AORS) {
        windows.remove(windows.keySet().iterator().next());
      }
      window = new Window(now);
      windows.put(aor, window);
    }
    window.notes++;
    return window.notes <= MOST_NOTES;
  }
}
