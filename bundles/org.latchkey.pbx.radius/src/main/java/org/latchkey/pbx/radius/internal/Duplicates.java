package org.latchkey.pbx.radius.internal;

import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answers of the last seconds: who sends a question again, since the answer was lost, gets the
 * same one (RFC 5080 section 2.2.2). For one thread.
 */
final class Duplicates {

  private static final long KEPT_NANOS = 10_000_000_000L;
  private static final int MOST = 16_384;

  private final Map<Exchange, Answer> answers = new LinkedHashMap<>();

  /**
   * What makes a question the same one: its source and port, and its first twenty bytes, which are
   * identifier and Request Authenticator with code and length.
   */
  static final class Exchange {
    private final SocketAddress source;
    private final byte[] head;
    private final int hash;

    Exchange(SocketAddress source, byte[] packet) {
      this.source = source;
      this.head = Arrays.copyOf(packet, Packets.LEAST_BYTES);
      this.hash = 31 * source.hashCode() + Arrays.hashCode(head);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Exchange exchange
          && source.equals(exchange.source)
          && Arrays.equals(head, exchange.head);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** The bytes are given out, and changed by nobody. */
  private static final class Answer {
    private final byte[] bytes;
    private final long since;

    Answer(byte[] bytes, long since) {
      this.bytes = bytes;
      this.since = since;
    }
  }

  /** The answer that the same question got. */
  Optional<byte[]> find(Exchange exchange, long nanos) {
    Answer answer = answers.get(exchange);
    return answer == null || nanos - answer.since > KEPT_NANOS
        ? Optional.empty()
        : Optional.of(answer.bytes);
  }

  /** Keeps an answer. */
  void keep(Exchange exchange, byte[] answer, long nanos) {
    Iterator<Answer> oldest = answers.values().iterator();
    while (oldest.hasNext()
        && (nanos - oldest.next().since > KEPT_NANOS || answers.size() >= MOST)) {
      oldest.remove();
    }
    answers.remove(exchange);
    answers.put(exchange, new Answer(answer, nanos));
  }
}
