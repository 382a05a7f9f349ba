package org.latchkey.registration;

/** Why credentials were refused. For journals and logs: the wire never tells. */
public enum RejectionReason {
  /** The credentials break RFC 7616 or RFC 3261: a missing, doubled or ill-formed parameter. */
  MALFORMED("sent credentials that are not well-formed"),
  /** An algorithm other than the one of the challenge. */
  NOT_OFFERED("answered with a digest algorithm that was not offered"),
  /** The digest covers another Request-URI; a proxy on the way may have rewritten it. */
  OTHER_URI("signed another Request-URI than the one it sent"),
  /** More than one set of credentials for our realm. */
  AMBIGUOUS("sent two sets of credentials"),
  /** The credentials are for a realm or domain that is not served. */
  FOREIGN_REALM("sent credentials for another realm"),
  /** The nonce was never ours. */
  FORGED_NONCE("used a nonce that is not ours"),
  /** The username looks like a key identifier but its tag is wrong. */
  FORGED_IDENTIFIER("used a key identifier that was never issued"),
  /** The username is no key identifier, and old phones are not admitted here. */
  NO_KEY_IDENTIFIER("used a user name that is no key identifier"),
  /** The generation of the key does not verify. */
  UNKNOWN_GENERATION("used a key of a generation that no longer verifies"),
  /** The key was revoked. */
  REVOKED("used a key that was revoked"),
  /** A weaker algorithm than the key accepts. */
  WEAK_ALGORITHM("used a weaker digest algorithm than its key accepts"),
  /** The digest does not fit: wrong secret, or a key for another AOR. */
  WRONG_SECRET("has a wrong secret, or a key for another extension"),
  /** The same credentials in another request. */
  REPLAYED("sent credentials again that were used already"),
  /** Stale too often in a row. */
  STALE_LOOP("keeps coming back with stale nonces"),
  /** Asked to prove itself too often in a row. */
  CHALLENGE_LOOP("keeps coming back without credentials");

  private final String words;

  RejectionReason(String words) {
    this.words = words;
  }

  /** The reason as the end of a sentence that begins with the phone. */
  public String words() {
    return words;
  }
}
