package org.latchkey.pbx.reference.internal.service;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log lines about refusals, few enough that a flood fills no disk. Thread-safe. */
public final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger("org.latchkey.pbx.reference");
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final int LINES_PER_WINDOW = 5;
  private static final int MAX_TEXT = 120;

  private final Map<String, Window> windows = new HashMap<>();

  /**
   * Notes a refusal.
   *
   * @param reason why; a constant of the caller's, it is what lines are counted by
   * @param who an AOR or address; untrusted text is cut and cleaned
   * @return whether it was one of the few that are logged
   */
  public synchronized boolean note(String reason, String who) {
    long now = System.nanoTime();
    Window window = windows.computeIfAbsent(reason, r -> new Window(now));
    if (now - window.begun > WINDOW_NANOS) {
      if (window.suppressed > 0) {
        LOG.warn("{} ({} more like this were not logged)", reason, window.suppressed);
      }
      window.begun = now;
      window.lines = 0;
      window.suppressed = 0;
    }
    if (window.lines < LINES_PER_WINDOW) {
      window.lines++;
      LOG.info("{}: {}", reason, clean(who));
      return true;
    }
    window.suppressed++;
    return false;
  }

  /** Does something of which one failure must not end what comes after it. */
  public void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      // An error, too: memory that ran out, or a bundle that is being replaced, passes.
      note("A message could not be handled", e.toString());
    }
  }

  private static String clean(String text) {
    String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + '…' : text;
    return cut.replaceAll("[^\\x20-\\x7e…]", "?");
  }

  private static final class Window {
    private long begun;
    private int lines;
    private int suppressed;

    Window(long begun) {
      this.begun = begun;
    }
  }
}
