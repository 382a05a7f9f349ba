package org.latchkey.key;

import java.time.Duration;
import java.util.function.Function;

/** What the key generating agent answers to a {@link KeyRequest}. The kinds are closed for ever. */
public abstract sealed class IssueResult
    permits IssueResult.Issued, IssueResult.Denied, IssueResult.Unavailable {

  private IssueResult() {}

  /** One function per kind. */
  public abstract <T> T fold(
      Function<Issued, T> issued, Function<Denied, T> denied, Function<Unavailable, T> unavailable);

  /** The device may have this key. Whoever receives the result closes the key. */
  public static final class Issued extends IssueResult {
    private final IssuedKey key;

    /** An answer that carries {@code key}, and hands over its ownership. */
    public Issued(IssuedKey key) {
      this.key = key;
    }

    /** The key, owned by the receiver of this result. */
    public IssuedKey key() {
      return key;
    }

    @Override
    public <T> T fold(
        Function<Issued, T> issued,
        Function<Denied, T> denied,
        Function<Unavailable, T> unavailable) {
      return issued.apply(this);
    }
  }

  /** The device gets nothing. The reason is for the journal; the wire says the same for each. */
  public static final class Denied extends IssueResult {
    private final DenialReason reason;

    /** A denial for {@code reason}. */
    public Denied(DenialReason reason) {
      this.reason = reason;
    }

    /** Why. */
    public DenialReason reason() {
      return reason;
    }

    @Override
    public <T> T fold(
        Function<Issued, T> issued,
        Function<Denied, T> denied,
        Function<Unavailable, T> unavailable) {
      return denied.apply(this);
    }
  }

  /** Our own fault: no master key, no store, no audit log. The device should come again. */
  public static final class Unavailable extends IssueResult {
    private final String reason;
    private final Duration retryAfter;

    /** An answer that asks the device to come again after {@code retryAfter}. */
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

    @Override
    public <T> T fold(
        Function<Issued, T> issued,
        Function<Denied, T> denied,
        Function<Unavailable, T> unavailable) {
      return unavailable.apply(this);
    }
  }
}
