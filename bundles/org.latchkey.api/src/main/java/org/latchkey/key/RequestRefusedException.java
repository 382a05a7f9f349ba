package org.latchkey.key;

/** A request of an administrator that can't be carried out; the message says what to do next. */
public final class RequestRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A refusal with a sentence for the administrator. */
  public RequestRefusedException(String sentence) {
    super(sentence);
  }
}
