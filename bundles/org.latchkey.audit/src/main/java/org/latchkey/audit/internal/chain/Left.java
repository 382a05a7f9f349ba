package org.latchkey.audit.internal.chain;

import java.util.Optional;

/**
 * What the process before left.
 *
 * @param head the last one that it kept
 * @param inOrder whether it was stopped in order: then no record was added after that head
 */
record Left(Optional<SignedHead> head, boolean inOrder) {

  static final Left NOTHING = new Left(Optional.empty(), false);

  /** The head that the log was stopped with, if that was in order. */
  Optional<SignedHead> stop() {
    return inOrder ? head : Optional.empty();
  }

  /** The last record that a signed head covers; 0 for none. */
  long covered() {
    return head.map(signed -> signed.link().number()).orElse(0L);
  }
}
