package org.latchkey.https.internal.connection;

import org.latchkey.door.Door;

/**
 * How a door is set up.
 *
 * @param door which one
 * @param bind the address to listen on
 * @param port the TCP port, 0 to 65535; 0 takes a free one
 * @param connections the most connections at a time
 * @param connectionsPerSource the most from one address; four times as many from one IPv6 /64
 * @param workers the threads that ask resources
 * @param queue the most requests that wait for a worker
 * @param deadlines how long peers may take
 */
public record DoorSettings(
    Door door,
    String bind,
    int port,
    int connections,
    int connectionsPerSource,
    int workers,
    int queue,
    Deadlines deadlines) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public DoorSettings {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
    if (connections < 1 || connectionsPerSource < 1 || workers < 1 || queue < 1) {
      throw new IllegalArgumentException(
          "connections, connectionsPerSource, workers and queue must each be at least 1");
    }
  }

  /** Whether it speaks HTTP without TLS. */
  boolean plain() {
    return door == Door.BOOTSTRAP;
  }

  /** The start of this door's settings' names and of its threads' names. */
  String name() {
    return switch (door) {
      case PHONES -> "phones";
      case PBX -> "pbx";
      case BOOTSTRAP -> "bootstrap";
    };
  }

  /** The door in the words of a status line. */
  String words() {
    return switch (door) {
      case PHONES -> "The phones' door";
      case PBX -> "The PBX door";
      case BOOTSTRAP -> "The bootstrap listener";
    };
  }
}
