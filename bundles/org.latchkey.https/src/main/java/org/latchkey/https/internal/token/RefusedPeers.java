package org.latchkey.https.internal.token;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.latchkey.status.StatusLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who was refused at the PBX door. Each address has one line a minute in the log, all of them
 * twenty; the status tells of the last one for ten minutes. Apart from them, and as a warning, a
 * PBX that still shows a token which is not good any more: nobody who knocks hides it. Thread-safe.
 */
final class RefusedPeers {

  private static final Logger LOG = LoggerFactory.getLogger(RefusedPeers.class);
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long TOLD_FOR = Duration.ofMinutes(10).toNanos();
  private static final int MOST_LINES = 20;

  private final LongSupplier nanoTime;
  private final Kind known = new Kind();
  private final Kind others = new Kind();

  /** Refusals of one kind. */
  private static final class Kind {
    private final Set<String> told = new HashSet<>();
    private long minute;
    private long refused;
    private long last;
    private String words = "";
  }

  RefusedPeers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Who showed the token of this name, which is not good any more. */
  synchronized boolean ended(InetSocketAddress source, String name) {
    return add(known, source, "the bearer token '%s', which is not good any more".formatted(name));
  }

  /**
   * Who showed something else, by its name: never the token.
   *
   * @return whether there is a line of it in the log
   */
  synchronized boolean unknown(InetSocketAddress source, String showed) {
    return add(others, source, showed);
  }

  private boolean add(Kind kind, InetSocketAddress source, String showed) {
    long now = nanoTime.getAsLong();
    if (kind.refused == 0 || now - kind.minute >= MINUTE) {
      kind.minute = now;
      kind.told.clear();
    }
    kind.refused++;
    kind.last = now;
    String address = host(source);
    kind.words = address + " showed " + showed;
    boolean isLine = kind.told.size() < MOST_LINES && kind.told.add(address);
    if (isLine) {
      LOG.warn("The PBX door refused a request: {}; {} since its start", kind.words, kind.refused);
    }
    return isLine;
  }

  private static String host(InetSocketAddress source) {
    InetAddress address = source.getAddress();
    return address == null ? "somebody" : address.getHostAddress();
  }

  /** What happened in the last ten minutes, if anything. */
  synchronized List<StatusLine> status() {
    List<StatusLine> lines = new ArrayList<>();
    if (isRecent(known)) {
      lines.add(
          StatusLine.warning(
              words(known), "If that is a PBX of yours, give it another: latchkey:pbx-token."));
    }
    if (isRecent(others)) {
      lines.add(StatusLine.ok(words(others)));
    }
    return lines;
  }

  private boolean isRecent(Kind kind) {
    return kind.refused > 0 && nanoTime.getAsLong() - kind.last < TOLD_FOR;
  }

  private static String words(Kind kind) {
    return "Refused at the PBX door since its start: %d, the last since %s"
        .formatted(kind.refused, kind.words);
  }
}
