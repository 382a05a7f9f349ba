package org.latchkey.key;

import java.time.Instant;
import java.util.Optional;

/**
 * A generation of the enterprise master key, as the store knows it. It lives through its states in
 * their order, none left out.
 *
 * @param number 0 to 1023, never used again
 * @param checkValue a public value that tells this master key from any other, in hexadecimal
 * @param createdAt when
 * @param enterprise the enterprise it was made for
 * @param state where it is in its life
 * @param since when it came there
 * @param compromised whether somebody else may have its subkeys, as after a registrar was stolen
 * @param cutOff whether its keys authenticate no more, though it is not destroyed
 */
public record Generation(
    int number,
    String checkValue,
    Instant createdAt,
    String enterprise,
    State state,
    Instant since,
    boolean compromised,
    boolean cutOff) {

  /** The life of a generation, in order. */
  public enum State {
    /** Its master key is made; nobody uses it. */
    CREATED,
    /** Whoever checks registrations can check its keys; none is issued. */
    DISTRIBUTED,
    /** New keys are made with it. One generation at most. */
    ISSUING,
    /** Its keys authenticate; phones are moved to the next generation. */
    VERIFY_ONLY,
    /** Its keys authenticate, unless cut off; the phones left on it are in quarantine. */
    RETIRED,
    /** Its master key is wiped, and its revocations are forgotten. */
    DESTROYED;

    /** The state before this one; empty for the first. */
    public Optional<State> before() {
      return switch (this) {
        case CREATED -> Optional.empty();
        case DISTRIBUTED -> Optional.of(CREATED);
        case ISSUING -> Optional.of(DISTRIBUTED);
        case VERIFY_ONLY -> Optional.of(ISSUING);
        case RETIRED -> Optional.of(VERIFY_ONLY);
        case DESTROYED -> Optional.of(RETIRED);
      };
    }
  }

  /** A generation that was just made. */
  public static Generation created(
      int number, String checkValue, Instant createdAt, String enterprise) {
    return new Generation(
        number, checkValue, createdAt, enterprise, State.CREATED, createdAt, false, false);
  }

  /** This generation as it was found in another state: of a keystore that the store didn't know. */
  public Generation found(State found) {
    return new Generation(
        number, checkValue, createdAt, enterprise, found, since, compromised, cutOff);
  }

  /**
   * This generation in its next state.
   *
   * @throws IllegalStateException when {@code next} is not the one that follows
   */
  public Generation advanced(State next, Instant at) {
    if (next.before().filter(state::equals).isEmpty()) {
      throw new IllegalStateException(
          "generation " + number + " is " + state + ", " + next + " does not follow");
    }
    return new Generation(number, checkValue, createdAt, enterprise, next, at, compromised, cutOff);
  }

  /** This generation, somebody else having its subkeys. */
  public Generation asCompromised() {
    return new Generation(number, checkValue, createdAt, enterprise, state, since, true, cutOff);
  }

  /** This generation, its keys authenticating no more. */
  public Generation asCutOff() {
    return new Generation(
        number, checkValue, createdAt, enterprise, state, since, compromised, true);
  }

  /** Whether its keys authenticate. */
  public boolean verifies() {
    return !cutOff && state != State.CREATED && state != State.DESTROYED;
  }
}
