package org.latchkey.pbx.reference.internal.call;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.latchkey.admission.Originator;
import org.latchkey.key.Aor;

/**
 * Phones that called an emergency service of late. It may call them back, be it that the places of
 * its trunk are all taken, and in the room of emergency calls. On the SIP thread.
 */
final class CallBacks {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_PHONES = 1_000;
  private static final int MOST_OF_ONE = 2;

  /** So many that were refused at once may be remembered for each phone. */
  private static final int MOST_TRACES_OF_ONE = 40;

  private final InstantSource clock;
  private final Predicate<Aor> service;
  private final Map<Aor, Instant> until = new LinkedHashMap<>();
  private final Places<Aor> places = new Places<>();
  private final Places<Aor> traces = new Places<>();

  /**
   * None yet.
   *
   * @param service the phones of ours that are an emergency service
   */
  CallBacks(InstantSource clock, Predicate<Aor> service) {
    this.clock = clock;
    this.service = service;
  }

  /** A phone called an emergency service; the one that did so longest ago makes way. */
  void expect(Aor phone) {
    until.remove(phone);
    if (until.size() >= MOST_PHONES) {
      until.remove(until.keySet().iterator().next());
    }
    until.put(phone, clock.instant().plus(LONGEST));
  }

  /** Takes a place for a call to a phone; empty when none is expected there from this caller. */
  Optional<Runnable> enter(Originator caller, Aor called) {
    return isExpected(caller, called)
        ? places.enter(called, MOST_OF_ONE, Integer.MAX_VALUE)
        : Optional.empty();
  }

  /** The same for what is remembered of a call. */
  Optional<Runnable> trace(Originator caller, Aor called) {
    return isExpected(caller, called)
        ? traces.enter(called, MOST_TRACES_OF_ONE, Integer.MAX_VALUE)
        : Optional.empty();
  }

  private boolean isExpected(Originator caller, Aor called) {
    Instant end = until.get(called);
    return end != null
        && clock.instant().isBefore(end)
        && caller.fold(phone -> service.test(phone.aor()), unproved -> false, trunk -> true);
  }
}
