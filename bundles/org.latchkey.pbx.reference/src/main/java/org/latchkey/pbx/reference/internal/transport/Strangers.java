package org.latchkey.pbx.reference.internal.transport;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * Which connections are strangers': those that carry no registration and no call, and don't come
 * from a trunk. They don't stay, so that they don't take the places of others. Thread-safe.
 */
record Strangers(InstantSource clock, Predicate<InetSocketAddress> trunk) {

  /** Whether a connection is a stranger's. */
  boolean own(StreamFlow flow) {
    return mayNotIdle(flow) && !trunk.test(flow.remote());
  }

  /** Whether a connection is closed when nothing comes, be it a trunk's. */
  boolean mayNotIdle(StreamFlow flow) {
    return clock.instant().isAfter(flow.keptUntil());
  }
}
