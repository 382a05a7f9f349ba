package org.latchkey.admission;

import java.time.Duration;
import java.util.function.Function;

/** What the quarantine says of a call attempt. The four kinds are closed for ever. */
public abstract sealed class AdmissionDecision
    permits AdmissionDecision.Admitted,
        AdmissionDecision.Permitted,
        AdmissionDecision.Refused,
        AdmissionDecision.Unavailable {

  private AdmissionDecision() {}

  /** One function per kind. */
  public abstract <T> T fold(
      Function<Admitted, T> admitted,
      Function<Permitted, T> permitted,
      Function<Refused, T> refused,
      Function<Unavailable, T> unavailable);

  /** Route the call as the PBX would without Latchkey. */
  public static final class Admitted extends AdmissionDecision {
    /** An admission. */
    public Admitted() {}

    @Override
    public <T> T fold(
        Function<Admitted, T> admitted,
        Function<Permitted, T> permitted,
        Function<Refused, T> refused,
        Function<Unavailable, T> unavailable) {
      return admitted.apply(this);
    }
  }

  /** Route the call to the target of this permitted destination and nowhere else. */
  public static final class Permitted extends AdmissionDecision {
    private final PermittedDestinations.Destination destination;

    /** A permission for {@code destination} only. */
    public Permitted(PermittedDestinations.Destination destination) {
      this.destination = destination;
    }

    /** Where it may go. */
    public PermittedDestinations.Destination destination() {
      return destination;
    }

    @Override
    public <T> T fold(
        Function<Admitted, T> admitted,
        Function<Permitted, T> permitted,
        Function<Refused, T> refused,
        Function<Unavailable, T> unavailable) {
      return permitted.apply(this);
    }
  }

  /** Refuse the call. */
  public static final class Refused extends AdmissionDecision {
    private final int status;
    private final String reasonPhrase;
    private final RefusalReason reason;

    /** A refusal with the answer to give. */
    public Refused(int status, String reasonPhrase, RefusalReason reason) {
      this.status = status;
      this.reasonPhrase = reasonPhrase;
      this.reason = reason;
    }

    /** The status to answer: 403. */
    public int status() {
      return status;
    }

    /** The administrator's own reason phrase, with the help desk's number; one line, UTF-8. */
    public String reasonPhrase() {
      return reasonPhrase;
    }

    /** Why; for logs and the journal. */
    public RefusalReason reason() {
      return reason;
    }

    @Override
    public <T> T fold(
        Function<Admitted, T> admitted,
        Function<Permitted, T> permitted,
        Function<Refused, T> refused,
        Function<Unavailable, T> unavailable) {
      return refused.apply(this);
    }
  }

  /** Our own fault: it is not known who is held. Answer 503 with Retry-After. */
  public static final class Unavailable extends AdmissionDecision {
    private final String reason;
    private final Duration retryAfter;

    /** No decision, for {@code reason}. */
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
        Function<Admitted, T> admitted,
        Function<Permitted, T> permitted,
        Function<Refused, T> refused,
        Function<Unavailable, T> unavailable) {
      return unavailable.apply(this);
    }
  }

  /** Why a call is refused. */
  public enum RefusalReason {
    /** The caller proved nothing. */
    UNPROVED("proved nothing"),
    /** The caller's phone has a key but no live registration. */
    NOT_REGISTERED("is not registered"),
    /** The caller's key is held. */
    HELD("is held"),
    /** The caller's key waits for approval. */
    AWAITS_APPROVAL("waits for approval"),
    /** The called phone is held or waits for approval. */
    CALLED_IS_HELD("called a phone that is held");

    private final String words;

    RefusalReason(String words) {
      this.words = words;
    }

    /** The reason as the end of a sentence that begins with the caller. */
    public String words() {
      return words;
    }
  }
}
