package org.latchkey.phones.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What desk phones ask for, step by step. */
final class Sequences {

  private Sequences() {}

  /**
   * A phone.
   *
   * @param id the sequence
   * @param profile the profile that it belongs to
   * @param mac its MAC address
   */
  record Phone(String id, String profile, String mac, List<Step> steps) {}

  /**
   * A request.
   *
   * @param told whether it goes where the file before said
   * @param keys whether the answer carries keys
   */
  record Step(
      String method, String path, boolean told, int status, boolean keys, String userAgent) {}

  static List<Phone> all() throws IOException {
    List<Phone> phones = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(Sequences.class.getResourceAsStream("sequences.txt"))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("phone ")) {
          String[] words = line.split(" ", -1);
          phones.add(new Phone(words[1], words[2], words[3], new ArrayList<>()));
        } else if (!line.isEmpty() && !line.startsWith("#")) {
          phones.get(phones.size() - 1).steps().add(step(line));
        }
      }
    }
    return phones;
  }

  private static Step step(String line) {
    int bar = line.indexOf(" | ");
    String[] words = line.substring(0, bar).split(" ", -1);
    boolean told = words[1].startsWith("^");
    return new Step(
        words[0],
        told ? words[1].substring(1) : words[1],
        told,
        Integer.parseInt(words[2]),
        words.length > 3,
        line.substring(bar + 3));
  }
}
