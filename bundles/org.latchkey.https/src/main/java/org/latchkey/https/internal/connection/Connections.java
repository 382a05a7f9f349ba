package org.latchkey.https.internal.connection;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections of a door, in total and from one source: an IPv4 address, or the /64 that
 * an IPv6 address is in. Thread-safe.
 */
final class Connections {

  private static final int PREFIX_6_BYTES = 8;

  private final int most;
  private final int mostPerSource;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentMap<ByteBuffer, Integer> bySource = new ConcurrentHashMap<>();

  Connections(int most, int mostPerSource) {
    this.most = most;
    this.mostPerSource = mostPerSource;
  }

  /** Counts a new connection, unless that would be too many; {@link #left} takes it back. */
  boolean admit(InetAddress source) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return false;
    }
    int before = bySource.merge(key(source), 1, Integer::sum) - 1;
    if (before >= mostPerSource) {
      left(source);
      return false;
    }
    return true;
  }

  /** An admitted connection is over. */
  void left(InetAddress source) {
    bySource.computeIfPresent(key(source), (any, count) -> count == 1 ? null : count - 1);
    open.decrementAndGet();
  }

  /** Whether three quarters are taken, so that none should be kept open for a next request. */
  boolean crowded() {
    return open.get() > most - most / 4;
  }

  int open() {
    return open.get();
  }

  private static ByteBuffer key(InetAddress source) {
    byte[] address = source.getAddress();
    return ByteBuffer.wrap(
        address.length > PREFIX_6_BYTES ? Arrays.copyOf(address, PREFIX_6_BYTES) : address);
  }
}
