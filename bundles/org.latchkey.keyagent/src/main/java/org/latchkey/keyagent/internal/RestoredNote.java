package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latchkey.files.OwnerFile;

/**
 * What a restore leaves for the agent to do before anything else: to say in the audit log that
 * there was one, and to issue with a new generation: keys may be out that the store does not know.
 *
 * @param actor who restored
 * @param words what was restored
 * @param next the number of the generation that is to issue; 0 when that is open
 */
record RestoredNote(String actor, String words, int next) {

  static final String NAME = "restored";

  private static final String TITLE = "latchkey restored 2";
  private static final int LINES = 4;

  private static OwnerFile file(Path folder) {
    return new OwnerFile(folder, NAME);
  }

  static Optional<RestoredNote> read(Path folder) throws IOException {
    OwnerFile file = file(folder);
    if (!file.exists()) {
      return Optional.empty();
    }
    List<String> lines = new String(file.read(), StandardCharsets.UTF_8).lines().toList();
    try {
      if (lines.size() == LINES && lines.get(0).equals(TITLE)) {
        return Optional.of(
            new RestoredNote(lines.get(1), lines.get(2), Integer.parseInt(lines.get(3))));
      }
    } catch (NumberFormatException e) {
      throw new IOException(file.path() + " is no note of a restore: restore again", e);
    }
    throw new IOException(file.path() + " is no note of a restore: restore again");
  }

  void write(Path folder) throws IOException {
    String text = String.join("\n", TITLE, actor, words, "" + next, "");
    file(folder).write(text.getBytes(StandardCharsets.UTF_8));
  }

  static void delete(Path folder) throws IOException {
    file(folder).delete();
  }

  /** This note, a number having been chosen. */
  RestoredNote withNext(int number) {
    return new RestoredNote(actor, words, number);
  }
}
