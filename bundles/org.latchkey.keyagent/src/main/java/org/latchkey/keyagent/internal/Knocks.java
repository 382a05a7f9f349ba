package org.latchkey.keyagent.internal;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Knock;

/**
 * Who asked for a key lately and was refused: the last 500 different ones, in memory, and of one
 * address or IPv6 /64 no more than 20, so that a stranger pushes out nobody but itself.
 */
final class Knocks {

  private static final int MOST = 500;
  private static final int MOST_PER_SOURCE = 20;
  private static final int MAX_USER_AGENT = 128;

  private final Map<Who, Knock> latest = new LinkedHashMap<>();

  private record Who(
      String network, String source, String device, String profile, DenialReason reason) {}

  /**
   * Notes a refusal. {@code device} is canonical, or empty.
   *
   * @return whether it is worth a line in the log: something else than this address did before,
   *     unless that has done too many different things
   */
  synchronized boolean note(
      Instant at,
      InetAddress address,
      String device,
      String profile,
      String userAgent,
      DenialReason reason) {
    String source = address.getHostAddress();
    Who who = new Who(SourceRates.key(address), source, device, profile, reason);
    Knock before = latest.remove(who);
    int times = before == null ? 1 : before.times() + 1;
    boolean crowded = before == null && makeRoom(who.network());
    latest.put(who, new Knock(at, source, device, profile, clean(userAgent), reason, times));
    if (latest.size() > MOST) {
      latest.remove(latest.keySet().iterator().next());
    }
    return before == null && !crowded;
  }

  /** Forgets the oldest of an address that has as many as it may; says whether that was so. */
  private boolean makeRoom(String network) {
    List<Who> same = latest.keySet().stream().filter(who -> who.network().equals(network)).toList();
    if (same.size() < MOST_PER_SOURCE) {
      return false;
    }
    latest.remove(same.get(0));
    return true;
  }

  /** Newest first. */
  synchronized List<Knock> newestFirst() {
    List<Knock> all = new ArrayList<>(latest.values());
    Collections.reverse(all);
    return Collections.unmodifiableList(all);
  }

  private static String clean(String userAgent) {
    StringBuilder text = new StringBuilder();
    userAgent
        .codePoints()
        .filter(c -> c >= 0x20 && c < 0x7f)
        .limit(MAX_USER_AGENT)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
