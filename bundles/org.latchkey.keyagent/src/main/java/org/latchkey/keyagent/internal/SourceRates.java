package org.latchkey.keyagent.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/**
 * How many wrong credentials each network address has left, which it gets back within a minute. An
 * IPv6 /64 is one address: who guesses has all of it. Thread-safe.
 */
final class SourceRates {

  private final Buckets buckets;

  SourceRates(int perMinute, LongSupplier nanoTime) {
    buckets = new Buckets(perMinute, perMinute, nanoTime);
  }

  /** Whether this address has used up its wrong tries. */
  boolean exhausted(InetAddress source) {
    return buckets.empty(key(source));
  }

  /** Counts a wrong try. */
  void wrong(InetAddress source) {
    buckets.take(key(source));
  }

  /** The name of an address, or of its /64, in which one host can have any number of them. */
  static String key(InetAddress source) {
    byte[] address = source.getAddress();
    int counted = source instanceof Inet6Address ? 8 : address.length;
    return HexFormat.of().formatHex(Arrays.copyOf(address, counted));
  }
}
