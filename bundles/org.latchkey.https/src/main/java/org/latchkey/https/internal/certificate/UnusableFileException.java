package org.latchkey.https.internal.certificate;

/** A certificate or key file can't be used; the message says which and why, in plain words. */
public final class UnusableFileException extends Exception {

  private static final long serialVersionUID = 1;

  UnusableFileException(String message) {
    super(message);
  }
}
