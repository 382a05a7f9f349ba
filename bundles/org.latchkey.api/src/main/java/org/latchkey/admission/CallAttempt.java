package org.latchkey.admission;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.Aor;

/**
 * One INVITE outside a dialog. Immutable. A forward, a transfer or a followed 3xx is a new attempt
 * of the phone that diverts.
 */
public final class CallAttempt {

  private final Originator originator;
  private final String destination;
  private final Optional<Aor> called;
  private final Optional<String> calledKeyIdentifier;
  private final String callId;

  private CallAttempt(Builder b) {
    originator = b.originator;
    destination = b.destination;
    called = Optional.ofNullable(b.called);
    calledKeyIdentifier = Optional.ofNullable(b.calledKeyIdentifier);
    callId = b.callId;
  }

  /**
   * Starts an attempt.
   *
   * @param originator who calls
   * @param destination the Request-URI as received
   */
  public static Builder by(Originator originator, String destination) {
    return new Builder(originator, destination);
  }

  /** Who calls. */
  public Originator originator() {
    return originator;
  }

  /** The Request-URI as received. */
  public String destination() {
    return destination;
  }

  /** The AOR that the PBX would ring, if the destination is one of its own. */
  public Optional<Aor> called() {
    return called;
  }

  /** The key with which the called phone registered, if it did with one of ours. */
  public Optional<String> calledKeyIdentifier() {
    return calledKeyIdentifier;
  }

  /** The Call-ID, empty when not known. */
  public String callId() {
    return callId;
  }

  /** Builds a {@link CallAttempt}. */
  public static final class Builder {
    private final Originator originator;
    private final String destination;
    private @Nullable Aor called;
    private @Nullable String calledKeyIdentifier;
    private String callId = "";

    private Builder(Originator originator, String destination) {
      this.originator = originator;
      this.destination = destination;
    }

    /** Sets {@link CallAttempt#called()}. */
    public Builder called(Aor value) {
      called = value;
      return this;
    }

    /** Sets {@link CallAttempt#calledKeyIdentifier()}. */
    public Builder calledKeyIdentifier(String value) {
      calledKeyIdentifier = value;
      return this;
    }

    /** Sets {@link CallAttempt#callId()}. */
    public Builder callId(String value) {
      callId = value;
      return this;
    }

    /** The attempt. */
    public CallAttempt build() {
      return new CallAttempt(this);
    }
  }
}
