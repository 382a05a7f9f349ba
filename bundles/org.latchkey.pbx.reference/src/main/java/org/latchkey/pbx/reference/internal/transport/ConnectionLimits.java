package org.latchkey.pbx.reference.internal.transport;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections one source and all together may have. Thread-safe. */
final class ConnectionLimits {

  private final int perSource;
  private final int total;
  private final Map<InetAddress, Integer> bySource = new ConcurrentHashMap<>();
  private final AtomicInteger all = new AtomicInteger();

  ConnectionLimits(int perSource, int total) {
    this.perSource = perSource;
    this.total = total;
  }

  /** Takes a place; false when there is none. */
  boolean enter(InetAddress source) {
    if (all.incrementAndGet() > total) {
      all.decrementAndGet();
      return false;
    }
    int count = bySource.merge(source, 1, Integer::sum);
    if (count > perSource) {
      leave(source);
      return false;
    }
    return true;
  }

  /** Gives a place back. */
  void leave(InetAddress source) {
    all.decrementAndGet();
    bySource.computeIfPresent(source, (s, count) -> count > 1 ? count - 1 : null);
  }
}
