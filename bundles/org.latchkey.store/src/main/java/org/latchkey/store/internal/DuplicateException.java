package org.latchkey.store.internal;

/** A unique constraint was broken; the transaction was undone. */
final class DuplicateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DuplicateException(Throwable cause) {
    super(cause);
  }
}
