package org.latchkey.pbx.reference.internal.call;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many calls unproved callers have at permitted destinations, so that lines stay free for
 * proved ones. On the SIP thread.
 */
final class UnprovedCallers {

  private final Map<InetAddress, Integer> bySource = new HashMap<>();
  private int total;

  /**
   * Takes a place.
   *
   * @return what gives it back, however often it is run; empty when there is no place
   */
  Optional<Runnable> enter(InetAddress source, int mostPerSource, int most) {
    if (total >= most || bySource.getOrDefault(source, 0) >= mostPerSource) {
      return Optional.empty();
    }
    total++;
    bySource.merge(source, 1, Integer::sum);
    boolean[] left = {false};
    return Optional.of(
        () -> {
          if (!left[0]) {
            left[0] = true;
            total--;
            bySource.computeIfPresent(source, (s, count) -> count > 1 ? count - 1 : null);
          }
        });
  }

  /** How many places are taken. */
  int total() {
    return total;
  }
}
