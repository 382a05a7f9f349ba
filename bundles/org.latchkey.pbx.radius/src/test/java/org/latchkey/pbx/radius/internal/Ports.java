package org.latchkey.pbx.radius.internal;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Waits for ports. */
final class Ports {

  private static final int TRIES = 4_000;
  private static final long BETWEEN_NANOS = 5_000_000;

  private Ports() {}

  /** Where a port is open, once it is. */
  static InetSocketAddress awaitOpen(KeptPort port) {
    for (int i = 0; i < TRIES; i++) {
      Optional<InetSocketAddress> at = port.at();
      if (at.isPresent()) {
        return at.get();
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
    throw new AssertionError("not opened: " + port.problem());
  }
}
