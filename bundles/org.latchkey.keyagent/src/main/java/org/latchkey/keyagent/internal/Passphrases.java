package org.latchkey.keyagent.internal;

/** Passphrases as files and consoles give them. */
final class Passphrases {

  private Passphrases() {}

  /**
   * Without the line end that an editor may have added.
   *
   * @return for the caller to wipe
   */
  static char[] characters(byte[] pass) {
    int length = pass.length;
    while (length > 0 && pass[length - 1] <= ' ') {
      length--;
    }
    char[] characters = new char[length];
    for (int i = 0; i < length; i++) {
      characters[i] = (char) (pass[i] & 0xff);
    }
    return characters;
  }
}
