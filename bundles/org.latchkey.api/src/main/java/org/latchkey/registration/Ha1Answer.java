package org.latchkey.registration;

import java.util.function.Function;
import org.latchkey.key.Secret;

/** What {@link Ha1Source} says. The kinds are closed for ever. */
public abstract sealed class Ha1Answer
    permits Ha1Answer.Found, Ha1Answer.NoSuchKey, Ha1Answer.Unavailable {

  private Ha1Answer() {}

  /** One function per kind. */
  public abstract <T> T fold(
      Function<Found, T> found,
      Function<NoSuchKey, T> noSuchKey,
      Function<Unavailable, T> unavailable);

  /** The HA1. It is worth as much as the secret key; the receiver closes it. */
  public static final class Found extends Ha1Answer {
    private final Secret ha1;

    /** Hands over {@code ha1}. */
    public Found(Secret ha1) {
      this.ha1 = ha1;
    }

    /** 32 or 64 lower-case hexadecimal characters in ASCII. */
    public Secret ha1() {
      return ha1;
    }

    @Override
    public <T> T fold(
        Function<Found, T> found,
        Function<NoSuchKey, T> noSuchKey,
        Function<Unavailable, T> unavailable) {
      return found.apply(this);
    }
  }

  /** Never issued, revoked, too weak an algorithm, or a realm or domain that is not served. */
  public static final class NoSuchKey extends Ha1Answer {
    private final RejectionReason reason;

    /** No HA1, for {@code reason}. */
    public NoSuchKey(RejectionReason reason) {
      this.reason = reason;
    }

    /** Why; for logs, never for the wire. */
    public RejectionReason reason() {
      return reason;
    }

    @Override
    public <T> T fold(
        Function<Found, T> found,
        Function<NoSuchKey, T> noSuchKey,
        Function<Unavailable, T> unavailable) {
      return noSuchKey.apply(this);
    }
  }

  /** Our own fault; never a yes. */
  public static final class Unavailable extends Ha1Answer {
    private final String reason;

    /** No answer, for {@code reason}. */
    public Unavailable(String reason) {
      this.reason = reason;
    }

    /** What is missing, in words for an administrator. */
    public String reason() {
      return reason;
    }

    @Override
    public <T> T fold(
        Function<Found, T> found,
        Function<NoSuchKey, T> noSuchKey,
        Function<Unavailable, T> unavailable) {
      return unavailable.apply(this);
    }
  }
}
