package org.latchkey.pbx.radius.internal;

import java.util.Optional;

/**
 * What a question says, with its attribute (RFC 5090 section 3) and with its sub-attribute of
 * attribute 207 in draft-sterman-aaa-sip-00, which Kamailio and FreeRADIUS speak.
 */
enum Field {
  /** The request-digest; in the draft an attribute of its own, 206. */
  RESPONSE(103, 0),
  /** The realm. */
  REALM(104, 1),
  /** The nonce. */
  NONCE(105, 2),
  /** The SIP method. */
  METHOD(108, 3),
  /** The digest-uri. */
  URI(109, 4),
  /** The quality of protection. */
  QOP(110, 5),
  /** The algorithm. */
  ALGORITHM(111, 6),
  /** The client's nonce. */
  CNONCE(113, 8),
  /** The nonce count. */
  NONCE_COUNT(114, 9),
  /** The user name of the digest. */
  USERNAME(115, 10),
  /** Whether a challenge is for an old nonce. */
  STALE(120, 0),
  /** The AOR. */
  SIP_AOR(122, 0),
  /** The AOR or its user, as Kamailio sends it. */
  SIP_URI_USER(208, 0);

  /** What the server proves that it knows the secret by (RFC 5090 section 3.4). */
  static final int RESPONSE_AUTH = 106;

  private static final Field[] BY_NUMBER = new Field[256];
  private static final Field[] BY_SUB_NUMBER = new Field[256];

  static {
    for (Field field : values()) {
      BY_NUMBER[field.number] = field;
      if (field.subNumber > 0) {
        BY_SUB_NUMBER[field.subNumber] = field;
      }
    }
  }

  private final int number;
  private final int subNumber;

  Field(int number, int subNumber) {
    this.number = number;
    this.subNumber = subNumber;
  }

  /** Its attribute. */
  int number() {
    return number;
  }

  /** The field of an attribute. */
  static Optional<Field> of(int number) {
    return Optional.ofNullable(BY_NUMBER[number & 0xff]);
  }

  /** The field of a sub-attribute of 207. */
  static Optional<Field> ofSub(int number) {
    return Optional.ofNullable(BY_SUB_NUMBER[number & 0xff]);
  }
}
