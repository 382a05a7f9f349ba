package org.latchkey.keyagent.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How much of something each name has left: a bucket that is full at first, and fills again at a
 * constant rate. Remembers the 10,000 names that were last taken from. Thread-safe.
 */
final class Buckets {

  private static final int MOST = 10_000;
  private static final double NANOS_PER_MINUTE = 60e9;

  private final int capacity;
  private final double perMinute;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  private record Bucket(double left, long at) {}

  Buckets(int capacity, double perMinute, LongSupplier nanoTime) {
    this.capacity = capacity;
    this.perMinute = perMinute;
    this.nanoTime = nanoTime;
  }

  /** Whether a name has nothing left. */
  synchronized boolean empty(String name) {
    return left(name) < 1;
  }

  /** Takes one; false when there is none. */
  synchronized boolean takeOne(String name) {
    boolean any = !empty(name);
    if (any) {
      take(name);
    }
    return any;
  }

  /** Takes one, or the rest. */
  synchronized void take(String name) {
    buckets.put(name, new Bucket(Math.max(0, left(name) - 1), nanoTime.getAsLong()));
    if (buckets.size() > MOST) {
      buckets.remove(buckets.keySet().iterator().next());
    }
  }

  private double left(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      return capacity;
    }
    long passed = nanoTime.getAsLong() - bucket.at();
    return Math.min(capacity, bucket.left() + passed / NANOS_PER_MINUTE * perMinute);
  }
}
