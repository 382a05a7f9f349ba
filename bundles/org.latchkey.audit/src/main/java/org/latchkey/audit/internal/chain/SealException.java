package org.latchkey.audit.internal.chain;

/**
 * Records without a hash are not what the chain's first record seals. It takes long to find out.
 */
final class SealException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SealException(String sentence) {
    super(sentence);
  }
}
