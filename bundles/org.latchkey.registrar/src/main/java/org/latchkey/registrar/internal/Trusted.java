package org.latchkey.registrar.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.latchkey.files.OwnerFile;
import org.latchkey.sealing.PublicPart;

/**
 * The agent that this node trusts, and the number of its last export that was in force: none before
 * it is taken any more.
 */
record Trusted(PublicPart agent, long number) {

  private static final String TITLE = "latchkey registrar trusts 1";
  private static final int LINES = 3;

  /**
   * Reads it; empty when nobody was trusted yet.
   *
   * @throws IOException when it can't be read
   */
  static Optional<Trusted> read(OwnerFile file) throws IOException {
    if (!file.exists()) {
      return Optional.empty();
    }
    List<String> lines = new String(file.read(), StandardCharsets.US_ASCII).lines().toList();
    try {
      if (lines.size() == LINES && lines.get(0).equals(TITLE)) {
        PublicPart agent = PublicPart.parse(PublicPart.Kind.AGENT, lines.get(1));
        return Optional.of(new Trusted(agent, Long.parseLong(lines.get(2))));
      }
    } catch (IllegalArgumentException e) {
      throw damaged(file, e);
    }
    throw damaged(file, new IllegalArgumentException("other lines"));
  }

  private static IOException damaged(OwnerFile file, Exception cause) {
    return new IOException(
        file.path() + " is damaged: remove it, and confirm the agent with latchkey:registrar-trust",
        cause);
  }

  /** Keeps it; on disk when this returns. */
  void write(OwnerFile file) throws IOException {
    String text = String.join("\n", TITLE, agent.text(), Long.toString(number), "");
    file.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
