package org.latchkey.keyscheme;

import static org.junit.Assert.assertFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One case of a file of vectors: lines of {@code name = value}, an empty line ends the case. */
final class Vectors {

  private final Map<String, String> fields;

  private Vectors(Map<String, String> fields) {
    this.fields = fields;
  }

  /** The cases of a kind, at least one. */
  static List<Vectors> of(String file, String kind) {
    List<Vectors> cases = new ArrayList<>();
    for (Vectors each : read(file)) {
      if (each.text("kind").equals(kind)) {
        cases.add(each);
      }
    }
    assertFalse("no vectors of kind " + kind, cases.isEmpty());
    return cases;
  }

  String text(String name) {
    return fields.get(name);
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  byte[] bytes(String name) {
    return HexFormat.of().parseHex(text(name));
  }

  Prf prf(String name) {
    return new HmacPrf(bytes(name));
  }

  @Override
  public String toString() {
    return fields.toString();
  }

  private static List<Vectors> read(String file) {
    List<Vectors> cases = new ArrayList<>();
    Map<String, String> fields = new LinkedHashMap<>();
    try (InputStream in = Vectors.class.getResourceAsStream(file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          fields.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        } else if (line.isEmpty() && !fields.isEmpty()) {
          cases.add(new Vectors(fields));
          fields = new LinkedHashMap<>();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!fields.isEmpty()) {
      cases.add(new Vectors(fields));
    }
    return cases;
  }
}
