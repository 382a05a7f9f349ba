package org.latchkey.pbx.reference.internal.call;

import java.util.Optional;

/**
 * Places for calls, each with a trace: what is remembered of a call until nothing of it can be
 * repeated any more. Where calls are refused at once places are free again at once, so traces are
 * bounded apart. On the SIP thread.
 *
 * @param <K> what a caller is known by
 */
final class CallerPlaces<K> {

  /** So many calls for each place may have ended within the last half minute. */
  private static final int TRACES = 20;

  private final Places<K> calls = new Places<>();
  private final Places<K> traces = new Places<>();

  /** Takes a place and a trace; empty when there is not both for this caller. */
  Optional<Place> enter(K who, int mostOfOne, int most) {
    long mostTraces = Math.min(Integer.MAX_VALUE, (long) TRACES * mostOfOne);
    Optional<Runnable> trace = traces.enter(who, (int) mostTraces, Integer.MAX_VALUE);
    if (trace.isEmpty()) {
      return Optional.empty();
    }
    Optional<Runnable> call = calls.enter(who, mostOfOne, most);
    if (call.isEmpty()) {
      trace.get().run();
    }
    return call.map(ended -> new Place(ended, trace.get()));
  }

  /** How many calls have a place now. */
  int total() {
    return calls.total();
  }

  /**
   * A place that was taken.
   *
   * @param ended gives it back when the call is over
   * @param forgotten gives its trace back when the call's INVITE is forgotten
   */
  record Place(Runnable ended, Runnable forgotten) {

    /** The place of somebody who is never refused one. */
    static final Place SURE = new Place(() -> {}, () -> {});
  }
}
