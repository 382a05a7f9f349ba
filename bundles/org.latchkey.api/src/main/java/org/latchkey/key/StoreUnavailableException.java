package org.latchkey.key;

/**
 * The store can't be read or written at present. Nothing was changed; only when the disk fails at
 * the very end may the whole change be found done once the store is back, never a part of it.
 */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure with a sentence for the administrator and what caused it. */
  public StoreUnavailableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
