package org.latchkey.pbx.radius.internal;

import java.util.concurrent.atomic.LongAdder;

/** What became of a client's packets since the start. Thread-safe. */
final class Tally {

  /** Questions that were accepted or challenged. */
  final LongAdder taken = new LongAdder();

  /** Questions that were refused. */
  final LongAdder refused = new LongAdder();

  /** Questions that could not be answered at the time. */
  final LongAdder unknown = new LongAdder();

  /** Packets that were dropped, since they are no authentic questions. */
  final LongAdder dropped = new LongAdder();

  /** Whether nothing that came was an authentic question, which a wrong secret does. */
  boolean onlyDropped() {
    return dropped.sum() > 0 && taken.sum() + refused.sum() + unknown.sum() == 0;
  }
}
