package org.latchkey.keyagent.internal;

/** The agent can't do it at present; the message says to an administrator what is missing. */
final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnavailableException(String sentence) {
    super(sentence);
  }
}
