package org.latchkey.itests.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The committed table of cases that one kind of PBX can't pass, each with its reason. */
final class Limits {

  private final Map<String, String> reasons = new TreeMap<>();

  private Limits() {}

  static Limits none() {
    return new Limits();
  }

  /** Reads {@code case = reason}, a line each; {@code #} begins a comment. */
  static Limits of(Path file, List<String> cases) throws IOException {
    Limits limits = new Limits();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("=", 2);
      String name = parts[0].strip();
      if (parts.length < 2 || parts[1].isBlank()) {
        throw new IOException(file + ": say why, as in \"" + name + " = reason\"");
      }
      if (!cases.contains(name)) {
        throw new IOException(file + ": no case is called \"" + name + '"');
      }
      limits.reasons.put(name, parts[1].strip());
    }
    return limits;
  }

  Optional<String> reason(String name) {
    return Optional.ofNullable(reasons.get(name));
  }
}
