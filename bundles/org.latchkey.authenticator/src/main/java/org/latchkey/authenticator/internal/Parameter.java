package org.latchkey.authenticator.internal;

import java.nio.charset.StandardCharsets;

/** The parameters of digest credentials that count (RFC 7616 section 3.4); others are ignored. */
final class Parameter {

  static final Parameter USERNAME = new Parameter(0, "username", true);
  static final Parameter REALM = new Parameter(1, "realm", true);
  static final Parameter NONCE = new Parameter(2, "nonce", true);
  static final Parameter URI = new Parameter(3, "uri", true);
  static final Parameter RESPONSE = new Parameter(4, "response", true);
  static final Parameter CNONCE = new Parameter(5, "cnonce", true);
  static final Parameter NC = new Parameter(6, "nc", false);
  static final Parameter QOP = new Parameter(7, "qop", false);
  static final Parameter ALGORITHM = new Parameter(8, "algorithm", false);

  /** How many there are. */
  static final int COUNT = 9;

  private static final Parameter[] ALL = {
    USERNAME, REALM, NONCE, URI, RESPONSE, CNONCE, NC, QOP, ALGORITHM
  };

  private final int index;
  private final byte[] lowerCaseName;
  private final boolean quoted;

  private Parameter(int index, String lowerCaseName, boolean quoted) {
    this.index = index;
    this.lowerCaseName = lowerCaseName.getBytes(StandardCharsets.US_ASCII);
    this.quoted = quoted;
  }

  /** From 0 to {@link #COUNT} - 1. */
  static Parameter at(int index) {
    return ALL[index];
  }

  /** Its place among all. */
  int index() {
    return index;
  }

  /** Whether it must be quoted. Of the others, {@code nc} must not be. */
  boolean quoted() {
    return quoted;
  }

  /** Whether these bytes are its name, compared without case. */
  boolean isNamed(byte[] in, int start, int end) {
    if (end - start != lowerCaseName.length) {
      return false;
    }
    for (int i = 0; i < lowerCaseName.length; i++) {
      if (RequestUris.lowerCase(in[start + i]) != lowerCaseName[i]) {
        return false;
      }
    }
    return true;
  }
}
