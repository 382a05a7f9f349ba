package org.latchkey.audit.internal.chain;

/** A sink holds records that are not those of the chain. It is written to no more. */
final class ForkException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ForkException(String sentence) {
    super(sentence);
  }
}
