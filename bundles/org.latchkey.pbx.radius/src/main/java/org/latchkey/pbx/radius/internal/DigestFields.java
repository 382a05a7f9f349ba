package org.latchkey.pbx.radius.internal;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a question says of a digest, in either dialect. Each character of a text is one byte of what
 * came (ISO 8859-1), since a digest is over bytes.
 */
final class DigestFields {

  private static final int USER_NAME = 1;
  private static final int DRAFT_RESPONSE = 206;
  private static final int DRAFT_ATTRIBUTES = 207;

  private final Map<Field, String> values = new EnumMap<>(Field.class);
  private String userName = "";
  private boolean inStandard;
  private boolean inDraft;
  private boolean wellFormed = true;

  private DigestFields() {}

  /** Reads them; empty when one is there twice, cut short, or when both dialects are spoken. */
  static Optional<DigestFields> of(AccessRequest request) {
    DigestFields fields = new DigestFields();
    request.attributes(fields::read);
    return fields.wellFormed && !(fields.inStandard && fields.inDraft)
        ? Optional.of(fields)
        : Optional.empty();
  }

  private void read(int type, byte[] value) {
    if (type == DRAFT_ATTRIBUTES) {
      inDraft = true;
      readInside(value);
    } else if (type == DRAFT_RESPONSE) {
      inDraft = true;
      put(Field.RESPONSE, text(value, 0, value.length));
    } else if (type == USER_NAME) {
      userName = text(value, 0, value.length);
    } else {
      Optional<Field> field = Field.of(type);
      if (field.isPresent()) {
        inStandard |= field.get() != Field.SIP_URI_USER;
        put(field.get(), text(value, 0, value.length));
      }
    }
  }

  private void readInside(byte[] value) {
    int at = 0;
    while (at < value.length) {
      int length = at + 1 < value.length ? value[at + 1] & 0xff : 0;
      if (length < 2 || at + length > value.length) {
        wellFormed = false;
        return;
      }
      String text = text(value, at + 2, length - 2);
      Field.ofSub(value[at]).ifPresent(field -> put(field, text));
      at += length;
    }
  }

  private void put(Field field, String value) {
    if (values.put(field, value) != null) {
      wellFormed = false;
    }
  }

  private static String text(byte[] value, int from, int length) {
    return new String(value, from, length, StandardCharsets.ISO_8859_1);
  }

  /** A field; an empty text when it is not there. */
  String get(Field field) {
    return values.getOrDefault(field, "");
  }

  /** Whether a field is there with something in it. */
  boolean has(Field field) {
    return !get(field).isEmpty();
  }

  /** The user name of the digest: its own field, else the packet's User-Name. */
  String username() {
    return has(Field.USERNAME) ? get(Field.USERNAME) : userName;
  }

  /** Whether the client speaks RFC 5090. */
  boolean isStandard() {
    return inStandard && !inDraft;
  }

  /** Whether it asks for a nonce (RFC 5090 section 2.1.2). */
  boolean asksForNonce() {
    return isStandard()
        && !has(Field.RESPONSE)
        && !has(Field.NONCE)
        && has(Field.METHOD)
        && has(Field.URI);
  }
}
