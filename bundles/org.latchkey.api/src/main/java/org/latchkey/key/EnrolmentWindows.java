package org.latchkey.key;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Times in which phones are let in by their MAC address alone, from the networks that are set. They
 * are in memory: a restart closes them. What an administrator does is in the audit log when a
 * method returns.
 *
 * <p>Methods throw {@link RequestRefusedException}, with a sentence that says what to do next.
 */
@ProviderType
public interface EnrolmentWindows {

  /** Whom a window is for. */
  enum Kind {
    /** Devices of the inventory. */
    INVENTORY,
    /** Anybody; whoever comes is held until approved. */
    ANYBODY
  }

  /**
   * Opens a window, in the place of one of its kind that is open.
   *
   * @param length 1 minute to 24 hours
   * @param perMinute how many devices are let in at once and in each minute, 1 to 1000; empty for
   *     the configured default
   */
  Window open(Kind kind, Duration length, OptionalInt perMinute, String actor);

  /**
   * Lets in one device of the inventory by its MAC address alone, once.
   *
   * @param device in any spelling
   * @param length 1 minute to 24 hours
   * @return until when
   */
  Instant letIn(String device, Duration length, String actor);

  /** The windows that are open. */
  List<Window> open();

  /**
   * Closes all of them.
   *
   * @return those that were open
   */
  List<Window> close(String actor);

  /**
   * A window that is open.
   *
   * @param kind whom it is for
   * @param until when it closes by itself
   * @param perMinute how many devices it lets in at once and in each minute
   * @param served how many it has let in
   * @param openedBy who opened it
   */
  record Window(Kind kind, Instant until, int perMinute, int served, String openedBy) {}
}
