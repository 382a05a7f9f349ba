package org.latchkey.https.internal.token;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.latchkey.status.StatusLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who was refused at the PBX door. Each address has one line a minute in the log, all of them
 * twenty; the status tells of the last one for ten minutes. Thread-safe.
 */
final class RefusedPeers {

  private static final Logger LOG = LoggerFactory.getLogger(RefusedPeers.class);
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long TOLD_FOR = Duration.ofMinutes(10).toNanos();
  private static final int MOST_LINES = 20;

  private final LongSupplier nanoTime;
  private final Set<String> told = new HashSet<>();
  private long minute;
  private long refused;
  private long last;
  private String words = "";

  RefusedPeers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    minute = nanoTime.getAsLong();
  }

  /**
   * Somebody was refused.
   *
   * @param showed what he showed, by name: never the token
   * @return whether there is a line of it in the log
   */
  synchronized boolean add(InetSocketAddress source, String showed) {
    long now = nanoTime.getAsLong();
    if (now - minute >= MINUTE) {
      minute = now;
      told.clear();
    }
    refused++;
    last = now;
    String address = host(source);
    words = address + " showed " + showed;
    boolean isLine = told.size() < MOST_LINES && told.add(address);
    if (isLine) {
      LOG.warn("The PBX door refused a request: {}; {} since its start", words, refused);
    }
    return isLine;
  }

  private static String host(InetSocketAddress source) {
    InetAddress address = source.getAddress();
    return address == null ? "somebody" : address.getHostAddress();
  }

  /** What happened in the last ten minutes, if anything. */
  synchronized List<StatusLine> status() {
    return words.isEmpty() || nanoTime.getAsLong() - last >= TOLD_FOR
        ? List.of()
        : List.of(
            StatusLine.warning(
                "Refused at the PBX door since its start: %d, the last since %s"
                    .formatted(refused, words),
                "If that is a PBX of yours, give it a token that is good: latchkey:pbx-token."));
  }
}
