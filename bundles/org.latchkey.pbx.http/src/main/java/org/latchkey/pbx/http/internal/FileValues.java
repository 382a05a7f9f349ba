package org.latchkey.pbx.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PBX's configuration made of our files, whose {@code @NAME@} are replaced by values. A value may
 * hold names of its own, whose values hold none. Values go in as they are: whoever gives one has
 * checked that it ends nothing in that PBX's syntax.
 */
public final class FileValues {

  private static final Pattern NAME = Pattern.compile("@([A-Z0-9_]+)@");
  private static final int MARK_CHARACTERS = 16;

  private final Class<?> home;
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * No values yet.
   *
   * @param home the class beside whose file our files are
   */
  public FileValues(Class<?> home) {
    this.home = home;
  }

  /** Gives a name its value, or another. */
  public void put(String name, String value) {
    values.put(name, value);
  }

  /** The value of a name, empty when it has none. */
  public String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** What stands for the values of this moment: another for others. */
  public String mark() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(values.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, MARK_CHARACTERS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The text of one of our files, filled in. */
  public String fill(String file) {
    return filled(file, filled(file, text(file)));
  }

  private String filled(String file, String text) {
    Matcher names = NAME.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (names.find()) {
      String value = values.get(names.group(1));
      if (value == null) {
        throw new IllegalStateException(file + " wants a value that nobody gave: " + names.group());
      }
      names.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return names.appendTail(filled).toString();
  }

  /** The text of one of our files, as it is. */
  public String text(String file) {
    try (InputStream in = home.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the bundle has no file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
