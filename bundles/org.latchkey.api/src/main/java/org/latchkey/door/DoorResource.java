package org.latchkey.door;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that an HTTPS door serves, registered as an OSGi service by the bundle that knows about
 * it. The doors know no keys.
 */
@ConsumerType
public interface DoorResource {

  /** The door it is served at. */
  Door door();

  /**
   * The path it is served at: exact, or with a slash at its end for all that is below. The longest
   * one that fits wins.
   */
  String path();

  /**
   * Answers a request. Called on one of the door's worker threads, may block for a few seconds. A
   * thrown exception becomes a 500 without detail. A HEAD is answered like a GET: the door keeps
   * the body back.
   */
  DoorAnswer answer(DoorRequest request);

  /**
   * Whether a request is answered in microseconds, from memory, whatever becomes of it. Then {@link
   * #answer} is called on the thread that reads the connection, as this is, which spares two
   * changes of threads and may hold up other connections: when in doubt, no.
   */
  default boolean answersAtOnce(DoorRequest request) {
    return false;
  }
}
