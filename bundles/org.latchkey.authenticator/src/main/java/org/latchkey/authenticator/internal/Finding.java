package org.latchkey.authenticator.internal;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.latchkey.registration.RejectionReason;

/**
 * What the check of one request found, before it becomes an answer.
 *
 * @param kind what
 * @param name the key identifier if its tag fits; of an old phone, its user name; else empty
 * @param reason why credentials were refused
 * @param words for an administrator: what is stale or missing
 * @param pause how long a phone in a loop is told to wait; zero for everybody else
 */
record Finding(
    Kind kind, String name, @Nullable RejectionReason reason, String words, Duration pause) {

  /** What can be found. */
  enum Kind {
    /** The key proved itself. */
    ACCEPTED,
    /** The same request again, within the time of retransmissions. */
    RETRANSMITTED,
    /** No credentials for our realm. */
    NO_CREDENTIALS,
    /** The nonce is ours but no longer good. */
    STALE,
    /** The credentials are no good. */
    REFUSED,
    /** An old phone with a user name of its own. */
    NOT_OURS,
    /** Our own fault. */
    UNAVAILABLE
  }

  static final Finding NO_CREDENTIALS =
      new Finding(Kind.NO_CREDENTIALS, "", null, "", Duration.ZERO);

  static Finding accepted(String keyIdentifier, boolean retransmitted) {
    return new Finding(
        retransmitted ? Kind.RETRANSMITTED : Kind.ACCEPTED, keyIdentifier, null, "", Duration.ZERO);
  }

  static Finding stale(String words) {
    return new Finding(Kind.STALE, "", null, words, Duration.ZERO);
  }

  static Finding refused(RejectionReason reason) {
    return refused("", reason);
  }

  static Finding refused(String keyIdentifier, RejectionReason reason) {
    return new Finding(Kind.REFUSED, keyIdentifier, reason, "", Duration.ZERO);
  }

  /** This, answered with the word to come again later. */
  Finding after(Duration wait) {
    return kind == Kind.NO_CREDENTIALS
        ? new Finding(Kind.REFUSED, name, RejectionReason.CHALLENGE_LOOP, words, wait)
        : new Finding(kind, name, reason, words, wait);
  }

  static Finding notOurs(String username) {
    return new Finding(Kind.NOT_OURS, username, null, "", Duration.ZERO);
  }

  static Finding unavailable(String words) {
    return new Finding(Kind.UNAVAILABLE, "", null, words, Duration.ZERO);
  }

  /** Why credentials were refused; only of {@link Kind#REFUSED}. */
  RejectionReason why() {
    return Objects.requireNonNull(reason, "only a refusal has a reason");
  }

  /** Whether the answer tells the phone that its password is not to blame. */
  boolean saysStale() {
    return kind == Kind.STALE || reason == RejectionReason.REPLAYED;
  }
}
