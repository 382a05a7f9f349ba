package org.latchkey.https.internal.connection;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long a peer may take; none of them starts anew with each byte.
 *
 * @param handshake from the connection to the end of the TLS handshake
 * @param header for the header of a request
 * @param body for the body of a request
 * @param serving for the resource that answers
 * @param answer for taking the answer
 * @param idle between two requests of a connection
 */
public record Deadlines(
    Duration handshake,
    Duration header,
    Duration body,
    Duration serving,
    Duration answer,
    Duration idle) {

  private static final Duration LINGER = Duration.ofSeconds(2);

  /**
   * Checks that all are positive.
   *
   * @throws IllegalArgumentException when one is not
   */
  public Deadlines {
    if (Stream.of(handshake, header, body, serving, answer, idle)
        .anyMatch(Deadlines::notPositive)) {
      throw new IllegalArgumentException("each deadline of a door must be at least 1 second");
    }
  }

  Duration of(Stage stage) {
    return switch (stage) {
      case HEADER -> header;
      case BODY -> body;
      case SERVING -> serving;
      case ANSWER -> answer;
      case IDLE -> idle;
      case LINGER -> LINGER;
    };
  }

  private static boolean notPositive(Duration duration) {
    return duration.isZero() || duration.isNegative();
  }
}
