package org.latchkey.pbx.http.internal.asterisk;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What Asterisk sends when it asks by FastAGI: lines of {@code agi_name: value}, an empty one
 * behind them (Asterisk's {@code res_agi}, {@code setup_env}). Only three are read: what is asked,
 * the word, and the form. A caller's own words are in lines before those of the word and the form,
 * and of {@code %0A} in the user of From pjsip makes a line break: who sends one can add lines of
 * his, or end the question early. Each of the three must be there once, and the word is Asterisk's
 * and Latchkey's alone, so that this costs him the answer to his own call, and gives him none.
 * Wiped when closed.
 */
final class AgiQuestion implements AutoCloseable {

  private static final int MOST_BYTES = 32_768;
  private static final String SCRIPT = "agi_network_script: ";
  private static final String WORD = "agi_arg_1: ";
  private static final String FORM = "agi_arg_2: ";

  private final byte[] text;
  private final int length;

  private AgiQuestion(byte[] text, int length) {
    this.text = text;
    this.length = length;
  }

  /**
   * Reads one, for the caller to close.
   *
   * @throws IOException when there is no end to it, or one of the three lines is not there once
   */
  static AgiQuestion read(InputStream in) throws IOException {
    byte[] text = new byte[MOST_BYTES];
    boolean isGood = false;
    try {
      int length = 0;
      while (!endsAt(text, length)) {
        int count = length == MOST_BYTES ? -1 : in.read(text, length, MOST_BYTES - length);
        if (count < 0) {
          throw new EOFException("a question has no end");
        }
        length += count;
      }
      AgiQuestion question = new AgiQuestion(text, length);
      for (String line : new String[] {SCRIPT, WORD, FORM}) {
        if (question.find(line, 0) < 0 || question.find(line, question.find(line, 0)) >= 0) {
          throw new IOException("a question without its " + line + "or with two");
        }
      }
      isGood = true;
      return question;
    } finally {
      if (!isGood) {
        Arrays.fill(text, (byte) 0);
      }
    }
  }

  private static boolean endsAt(byte[] text, int length) {
    return length > 1 && text[length - 1] == '\n' && text[length - 2] == '\n';
  }

  /** What is asked. */
  String script() {
    return new String(value(SCRIPT), StandardCharsets.ISO_8859_1);
  }

  /** The word, for the caller to wipe. */
  byte[] word() {
    return value(WORD);
  }

  /** The form, for the caller to wipe. */
  byte[] form() {
    return value(FORM);
  }

  private byte[] value(String name) {
    int start = find(name, 0);
    int end = start;
    while (text[end] != '\n') {
      end++;
    }
    return Arrays.copyOfRange(text, start, end);
  }

  /**
   * Where the value of the first line with this name is, from a place on; -1 when there is none.
   */
  private int find(String name, int from) {
    byte[] sought = name.getBytes(StandardCharsets.US_ASCII);
    for (int i = from; i + sought.length < length; i++) {
      boolean isStart = i == 0 || text[i - 1] == '\n';
      if (isStart && Arrays.equals(text, i, i + sought.length, sought, 0, sought.length)) {
        return i + sought.length;
      }
    }
    return -1;
  }

  @Override
  public void close() {
    Arrays.fill(text, (byte) 0);
  }
}
