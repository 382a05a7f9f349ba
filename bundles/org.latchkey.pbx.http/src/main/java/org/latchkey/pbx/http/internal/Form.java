package org.latchkey.pbx.http.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What FreeSWITCH and Asterisk send: {@code application/x-www-form-urlencoded}, of which only the
 * known fields are read. A known field that is there twice is refused: mod_xml_curl writes {@code
 * key_value}, which may be a realm of a phone's own, without escaping it, so a phone can add fields
 * but not take any away. A plus sign stands for itself, since both escape it and the space.
 * Immutable.
 */
public final class Form {

  private static final int MOST_FIELDS = 4_000;
  private static final int MOST_CHARACTERS = 1_024;

  /** The body is no such form. The message says what is wrong with it. */
  public static final class BadFormException extends Exception {
    private static final long serialVersionUID = 1L;

    BadFormException(String message) {
      super(message);
    }
  }

  private final Map<String, String> fields;

  private Form(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * Reads a body.
   *
   * @param known the fields that are read
   */
  public static Form read(byte[] body, Set<String> known) throws BadFormException {
    Map<String, String> fields = new HashMap<>();
    int count = 0;
    for (int start = 0; start < body.length; ) {
      int end = indexOf(body, '&', start, body.length);
      int equals = indexOf(body, '=', start, end);
      if (++count > MOST_FIELDS) {
        throw new BadFormException("the form has too many fields");
      }
      String name = new String(body, start, equals - start, StandardCharsets.ISO_8859_1);
      if (known.contains(name)
          && fields.put(name, value(body, Math.min(equals + 1, end), end)) != null) {
        throw new BadFormException(name + " is there twice");
      }
      start = end + 1;
    }
    return new Form(fields);
  }

  /** The value of a field, empty when it is not there. */
  public String get(String name) {
    return fields.getOrDefault(name, "");
  }

  /** The value of the first of two fields, or of the second when that is not there. */
  public String get(String name, String otherwise) {
    return get(fields.containsKey(name) ? name : otherwise);
  }

  private static String value(byte[] body, int start, int end) throws BadFormException {
    byte[] bytes = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      if (body[i] == '%') {
        bytes[length++] = octet(body, i + 1, end);
        i += 2;
      } else {
        bytes[length++] = body[i];
      }
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      if (text.length() > MOST_CHARACTERS || text.chars().anyMatch(Character::isISOControl)) {
        throw new BadFormException("a field is too long, or has a control character");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new BadFormException("a field is not UTF-8");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte octet(byte[] body, int at, int end) throws BadFormException {
    int high = at + 1 < end ? Character.digit(body[at], 16) : -1;
    int low = at + 1 < end ? Character.digit(body[at + 1], 16) : -1;
    if (high < 0 || low < 0) {
      throw new BadFormException("a percent sign is not followed by two digits");
    }
    return (byte) (high << 4 | low);
  }

  private static int indexOf(byte[] body, char sought, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] == sought) {
        return i;
      }
    }
    return end;
  }
}
