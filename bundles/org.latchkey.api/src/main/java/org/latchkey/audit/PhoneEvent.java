package org.latchkey.audit;

import java.time.Instant;

/**
 * One thing that happened to a phone. Texts are empty where not known; none ever holds a secret.
 *
 * @param at when
 * @param kind what
 * @param keyIdentifier its key
 * @param aor its AOR
 * @param device its canonical device identifier
 * @param source its network address, without port
 * @param words the rest of a sentence that begins with the phone
 */
public record PhoneEvent(
    Instant at,
    Kind kind,
    String keyIdentifier,
    String aor,
    String device,
    String source,
    String words) {

  /** What can happen to a phone. */
  public enum Kind {
    /** It asked for a file or key and was refused. */
    KNOCKED,
    /** It fetched its key. */
    FETCHED,
    /** It was challenged. */
    CHALLENGED,
    /** It registered. */
    REGISTERED,
    /** Its credentials were refused. */
    REFUSED,
    /** Its registration ended. */
    UNREGISTERED,
    /** A call of its was let through. */
    CALL_ADMITTED,
    /** A call of its was refused. */
    CALL_REFUSED,
    /** It called a permitted destination. */
    CALL_PERMITTED,
    /** It was put in quarantine. */
    HELD,
    /** It was let out of quarantine. */
    RELEASED,
    /** Its key was revoked. */
    REVOKED
  }
}
