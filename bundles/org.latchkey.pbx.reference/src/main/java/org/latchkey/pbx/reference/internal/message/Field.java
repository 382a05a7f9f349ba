package org.latchkey.pbx.reference.internal.message;

/**
 * One header field, unfolded. The text holds one character per byte received, so that what is
 * forwarded equals what came in.
 *
 * @param name its full name in the usual spelling when it is a known one, else as received
 * @param value its value without surrounding white space
 */
public record Field(String name, String value) {

  /** Whether this field has a name, compared without case (RFC 3261 section 7.3.1). */
  boolean is(String wanted) {
    return name.equalsIgnoreCase(wanted);
  }
}
