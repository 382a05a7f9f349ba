package org.latchkey.https.internal.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.latchkey.door.PbxTokens.Token;
import org.latchkey.files.OwnerFile;

/** The tokens that are good, each as its SHA-256, in a file for its owner only. */
final class TokenFile {

  private static final String NAME = "pbx-tokens";
  private static final String TITLE = "latchkey pbx-tokens 1";

  private final OwnerFile file;

  /**
   * A token as it is kept.
   *
   * @param token its name and time
   * @param hash the SHA-256 of its characters in hexadecimal; of 256 random bits, so nothing is
   *     added
   */
  record Kept(Token token, String hash) {}

  TokenFile(Path folder) {
    file = new OwnerFile(folder, NAME);
  }

  Path path() {
    return file.path();
  }

  /** Differs whenever somebody has put another file in its place. */
  String stamp() {
    return file.stamp();
  }

  /**
   * All of them; none when there is no file.
   *
   * @throws IOException when it can't be read, or is not one
   */
  List<Kept> read() throws IOException {
    if (!file.exists()) {
      return List.of();
    }
    List<String> lines = new String(file.read(), StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(TITLE)) {
      throw damaged(null);
    }
    List<Kept> all = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      all.add(kept(line));
    }
    return List.copyOf(all);
  }

  /**
   * Keeps these instead.
   *
   * @throws IOException when that failed; the file is as before
   */
  void write(List<Kept> all) throws IOException {
    StringBuilder text = new StringBuilder(TITLE).append('\n');
    for (Kept one : all) {
      text.append(one.hash())
          .append(' ')
          .append(one.token().madeAt())
          .append(' ')
          .append(one.token().name())
          .append('\n');
    }
    file.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Kept kept(String line) throws IOException {
    String[] words = line.split(" ", 3);
    try {
      if (words.length == 3 && words[0].matches("[0-9a-f]{64}") && BearerTokens.isName(words[2])) {
        return new Kept(new Token(words[2], Instant.parse(words[1])), words[0]);
      }
    } catch (DateTimeException e) {
      throw damaged(e);
    }
    throw damaged(null);
  }

  private IOException damaged(@Nullable Exception cause) {
    return new IOException(path() + " is no file of bearer tokens", cause);
  }
}
