package org.latchkey.https.internal.connection;

import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;

/** Who answers the requests of a door. */
@FunctionalInterface
public interface Answerer {

  /** The answer to a request, on a worker's thread. Never throws. */
  DoorAnswer answer(DoorRequest request);

  /**
   * Whether {@link #answer} takes microseconds and is called on the event loop instead. Never
   * throws.
   */
  default boolean answersAtOnce(DoorRequest request) {
    return false;
  }
}
