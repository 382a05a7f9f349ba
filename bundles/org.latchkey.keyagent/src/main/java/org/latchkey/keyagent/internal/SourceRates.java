package org.latchkey.keyagent.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many wrong credentials each network address has left: a bucket per address (per /64 with
 * IPv6) that fills again within a minute. Remembers the last 10,000 addresses. Thread-safe.
 */
final class SourceRates {

  private static final int MOST = 10_000;
  private static final double NANOS_PER_MINUTE = 60e9;

  private final int perMinute;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  private record Bucket(double left, long at) {}

  SourceRates(int perMinute, LongSupplier nanoTime) {
    this.perMinute = perMinute;
    this.nanoTime = nanoTime;
  }

  /** Whether this address has used up its wrong tries. */
  synchronized boolean exhausted(InetAddress source) {
    return left(key(source)) < 1;
  }

  /** Counts a wrong try. */
  synchronized void wrong(InetAddress source) {
    String key = key(source);
    buckets.put(key, new Bucket(Math.max(0, left(key) - 1), nanoTime.getAsLong()));
    if (buckets.size() > MOST) {
      buckets.remove(buckets.keySet().iterator().next());
    }
  }

  private double left(String key) {
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      return perMinute;
    }
    long passed = nanoTime.getAsLong() - bucket.at();
    return Math.min(perMinute, bucket.left() + passed / NANOS_PER_MINUTE * perMinute);
  }

  private static String key(InetAddress source) {
    byte[] address = source.getAddress();
    int counted = source instanceof Inet6Address ? 8 : address.length;
    return HexFormat.of().formatHex(Arrays.copyOf(address, counted));
  }
}
