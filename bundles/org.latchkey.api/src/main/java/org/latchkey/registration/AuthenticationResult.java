package org.latchkey.registration;

import java.time.Duration;
import java.util.function.Function;
import org.latchkey.key.Aor;

/**
 * What the authenticator says of one request. The five kinds are closed for ever; new detail
 * becomes an accessor. Use {@link #fold}, which takes one function per kind.
 */
public abstract sealed class AuthenticationResult
    permits AuthenticationResult.Accepted,
        AuthenticationResult.Challenged,
        AuthenticationResult.Rejected,
        AuthenticationResult.NotOurs,
        AuthenticationResult.Unavailable {

  private AuthenticationResult() {}

  /** One function per kind. */
  public abstract <T> T fold(
      Function<Accepted, T> accepted,
      Function<Challenged, T> challenged,
      Function<Rejected, T> rejected,
      Function<NotOurs, T> notOurs,
      Function<Unavailable, T> unavailable);

  /** The request comes from the holder of this AOR's key. Register it, or let it go on. */
  public static final class Accepted extends AuthenticationResult {
    private final String keyIdentifier;
    private final Aor aor;
    private final boolean retransmission;

    /** An acceptance of {@code aor} by the key {@code keyIdentifier}. */
    public Accepted(String keyIdentifier, Aor aor, boolean retransmission) {
      this.keyIdentifier = keyIdentifier;
      this.aor = aor;
      this.retransmission = retransmission;
    }

    /** The key that proved itself; keep it with the binding, and name it in call attempts. */
    public String keyIdentifier() {
      return keyIdentifier;
    }

    /** The AOR it proved. */
    public Aor aor() {
      return aor;
    }

    /** Whether this was an exact retransmission, answered as before. */
    public boolean retransmission() {
      return retransmission;
    }

    @Override
    public <T> T fold(
        Function<Accepted, T> accepted,
        Function<Challenged, T> challenged,
        Function<Rejected, T> rejected,
        Function<NotOurs, T> notOurs,
        Function<Unavailable, T> unavailable) {
      return accepted.apply(this);
    }
  }

  /** No credentials for our realm, or stale ones. Send the answer: it carries the challenge. */
  public static final class Challenged extends AuthenticationResult {
    private final SipAnswer answer;
    private final boolean stale;

    /** A challenge; {@code stale} when the credentials were genuine but old. */
    public Challenged(SipAnswer answer, boolean stale) {
      this.answer = answer;
      this.stale = stale;
    }

    /** A 401 or 407 with one challenge. */
    public SipAnswer answer() {
      return answer;
    }

    /** Whether the challenge says {@code stale=true} (RFC 7616 section 3.3). */
    public boolean stale() {
      return stale;
    }

    @Override
    public <T> T fold(
        Function<Accepted, T> accepted,
        Function<Challenged, T> challenged,
        Function<Rejected, T> rejected,
        Function<NotOurs, T> notOurs,
        Function<Unavailable, T> unavailable) {
      return challenged.apply(this);
    }
  }

  /** Credentials were refused. Send the answer, which does not tell why. */
  public static final class Rejected extends AuthenticationResult {
    private final SipAnswer answer;
    private final RejectionReason reason;

    /** A refusal for {@code reason}. */
    public Rejected(SipAnswer answer, RejectionReason reason) {
      this.answer = answer;
      this.reason = reason;
    }

    /** A 401 or 407 with a new challenge, or a 503 with Retry-After to a phone in a loop. */
    public SipAnswer answer() {
      return answer;
    }

    /** Why; for logs and the journal, never for the wire. */
    public RejectionReason reason() {
      return reason;
    }

    @Override
    public <T> T fold(
        Function<Accepted, T> accepted,
        Function<Challenged, T> challenged,
        Function<Rejected, T> rejected,
        Function<NotOurs, T> notOurs,
        Function<Unavailable, T> unavailable) {
      return rejected.apply(this);
    }
  }

  /**
   * The nonce is genuine and fresh, but the username is no key identifier: an old phone with a
   * password of its own. The PBX goes on with its own check, with the same nonce; where it has
   * none, it treats this as a refusal.
   */
  public static final class NotOurs extends AuthenticationResult {
    private final String username;
    private final SipAnswer refusal;

    /** The old phone's {@code username}, and what to send when the PBX's own check fails. */
    public NotOurs(String username, SipAnswer refusal) {
      this.username = username;
      this.refusal = refusal;
    }

    /** The digest username as received; not proved. */
    public String username() {
      return username;
    }

    /** The answer when the PBX's own check refuses. */
    public SipAnswer refusal() {
      return refusal;
    }

    @Override
    public <T> T fold(
        Function<Accepted, T> accepted,
        Function<Challenged, T> challenged,
        Function<Rejected, T> rejected,
        Function<NotOurs, T> notOurs,
        Function<Unavailable, T> unavailable) {
      return notOurs.apply(this);
    }
  }

  /**
   * Our own fault: the master key or the revocations are missing. Never a yes, never a 401. Hold a
   * request on TCP or TLS, stay silent on UDP, up to 20 s; then send the answer.
   */
  public static final class Unavailable extends AuthenticationResult {
    private final String reason;
    private final Duration retryAfter;

    /** An answer that asks the phone to come again after {@code retryAfter}. */
    public Unavailable(String reason, Duration retryAfter) {
      this.reason = reason;
      this.retryAfter = retryAfter;
    }

    /** What is missing, in words for an administrator. */
    public String reason() {
      return reason;
    }

    /** When to come again, in whole seconds. */
    public Duration retryAfter() {
      return retryAfter;
    }

    /** A 503 with Retry-After (RFC 3261 section 21.5.4). */
    public SipAnswer answer() {
      return new SipAnswer(
          503,
          "Service Unavailable",
          java.util.List.of(
              new SipAnswer.Header("Retry-After", Long.toString(retryAfter.toSeconds()))));
    }

    @Override
    public <T> T fold(
        Function<Accepted, T> accepted,
        Function<Challenged, T> challenged,
        Function<Rejected, T> rejected,
        Function<NotOurs, T> notOurs,
        Function<Unavailable, T> unavailable) {
      return unavailable.apply(this);
    }
  }
}
