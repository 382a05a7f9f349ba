package org.latchkey.audit;

/** The audit log can't be written or read; nothing may be done that would need an entry. */
public final class AuditUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure with a sentence for the administrator and what caused it. */
  public AuditUnavailableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
