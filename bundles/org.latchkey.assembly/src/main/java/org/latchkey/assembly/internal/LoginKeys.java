package org.latchkey.assembly.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Properties;

/**
 * Karaf's {@code keys.properties}: a user a line, the public key, then roles and groups. A name
 * that starts with {@code _g_:} is a group.
 */
final class LoginKeys {
  private static final String GROUP_PREFIX = "_g_:";

  private final Path file;

  LoginKeys(Path file) {
    this.file = file;
  }

  boolean isEmpty() throws IOException {
    Properties entries = new Properties();
    try (Reader reader = Files.newBufferedReader(file, ISO_8859_1)) {
      entries.load(reader);
    }
    return entries.stringPropertyNames().stream().allMatch(name -> name.startsWith(GROUP_PREFIX));
  }

  /** Appends a line, so that comments and groups stay as they are. */
  void add(String user, String publicKey, String group)
      throws IOException, GeneralSecurityException {
    String before = Files.readString(file, ISO_8859_1);
    String line = user + " = " + publicKey + "," + group + "\n";
    String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    OwnerOnly.write(file, out -> out.write((before + gap + line).getBytes(ISO_8859_1)));
  }
}
