package org.latchkey.pbx.reference.internal.transport;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How many connections one source and all together may have. A source is an IPv4 address, or the
 * /64 that an IPv6 address is in. When all places are taken, the stranger who is there for longest
 * makes way; when those of one source are, its own. Thread-safe.
 */
final class ConnectionLimits {

  private static final int PREFIX_6_BYTES = 8;

  private final int perSource;
  private final int total;
  private final Strangers strangers;
  private final Set<StreamFlow> open = new LinkedHashSet<>();
  private final Map<ByteBuffer, Integer> bySource = new HashMap<>();

  ConnectionLimits(int perSource, int total, Strangers strangers) {
    this.perSource = perSource;
    this.total = total;
    this.strangers = strangers;
  }

  /** Takes a place; false when there is none. */
  synchronized boolean enter(StreamFlow flow) {
    ByteBuffer source = source(flow);
    if (bySource.getOrDefault(source, 0) >= perSource) {
      if (!makeRoom(other -> source(other).equals(source))) {
        return false;
      }
    } else if (open.size() >= total && !makeRoom(other -> true)) {
      return false;
    }
    open.add(flow);
    bySource.merge(source, 1, Integer::sum);
    return true;
  }

  /** Gives a place back. */
  synchronized void leave(StreamFlow flow) {
    if (open.remove(flow)) {
      bySource.computeIfPresent(source(flow), (s, count) -> count > 1 ? count - 1 : null);
    }
  }

  private boolean makeRoom(Predicate<StreamFlow> among) {
    Optional<StreamFlow> oldest = open.stream().filter(among).filter(strangers::own).findFirst();
    oldest.ifPresent(
        flow -> {
          leave(flow);
          flow.close();
        });
    return oldest.isPresent();
  }

  private static ByteBuffer source(StreamFlow flow) {
    InetAddress peer = flow.remote().getAddress();
    byte[] address = peer.getAddress();
    return ByteBuffer.wrap(
        address.length > PREFIX_6_BYTES ? Arrays.copyOf(address, PREFIX_6_BYTES) : address);
  }
}
