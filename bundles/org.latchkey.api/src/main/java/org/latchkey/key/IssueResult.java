package org.latchkey.key;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What the key generating agent answers to a {@link KeyRequest}. The kinds are closed for ever. */
public abstract sealed class IssueResult
    permits IssueResult.Issued, IssueResult.Denied, IssueResult.Unavailable {

  private IssueResult() {}

  /** One function per kind. */
  public abstract <T> T fold(
      Function<Issued, T> issued, Function<Denied, T> denied, Function<Unavailable, T> unavailable);

  /** The device may have these keys. Whoever receives the result closes each. */
  public static final class Issued extends IssueResult {
    private final List<IssuedKey> keys;
    private final List<Integer> endedLines;

    /** An answer that carries {@code key}, and hands over its ownership. */
    public Issued(IssuedKey key) {
      this(List.of(key), List.of());
    }

    /**
     * An answer to a request for the lines of a device, that hands over the ownership of the keys.
     *
     * @param keys at least one, by line
     * @param endedLines see {@link #endedLines}
     */
    public Issued(List<IssuedKey> keys, List<Integer> endedLines) {
      this.keys = List.copyOf(keys);
      this.endedLines = List.copyOf(endedLines);
    }

    /** The key; of several, the one of the lowest line. Owned by the receiver of this result. */
    public IssuedKey key() {
      return keys.get(0);
    }

    /** All keys, by line, owned by the receiver of this result. */
    public List<IssuedKey> keys() {
      return keys;
    }

    /** The lines of the device whose keys have ended, for its file to switch them off. */
    public List<Integer> endedLines() {
      return endedLines;
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
