package org.latchkey.pbx.radius.internal;

import java.util.HexFormat;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.registration.RejectionReason;

/** What a digest must be before anybody looks for its key. */
final class DigestRules {

  private static final int NONCE_COUNT_LENGTH = 8;
  private static final int MOST_METHOD_CHARACTERS = 32;

  private final String realm;

  /** Rules for credentials of this realm. */
  DigestRules(String realm) {
    this.realm = realm;
  }

  /** The algorithm it was made with; empty for one that is not used with SIP here. */
  static Optional<DigestAlgorithm> algorithm(DigestFields fields) {
    return fields.has(Field.ALGORITHM)
        ? DigestAlgorithm.ofToken(fields.get(Field.ALGORITHM))
        : Optional.of(DigestAlgorithm.MD5);
  }

  /** What is wrong; empty when a key may be looked for. */
  Optional<RejectionReason> broken(DigestFields fields) {
    if (!fields.get(Field.REALM).equals(realm)) {
      return Optional.of(RejectionReason.FOREIGN_REALM);
    }
    Optional<DigestAlgorithm> algorithm = algorithm(fields);
    if (algorithm.isEmpty()) {
      return Optional.of(RejectionReason.NOT_OFFERED);
    }
    boolean good =
        fields.get(Field.QOP).equals("auth")
            && isHex(fields.get(Field.NONCE_COUNT), NONCE_COUNT_LENGTH)
            && isHex(fields.get(Field.RESPONSE), algorithm.get().hexLength())
            && isText(fields.username())
            && isText(fields.get(Field.NONCE))
            && isText(fields.get(Field.CNONCE))
            && isText(fields.get(Field.URI))
            && isMethod(fields.get(Field.METHOD));
    return good ? Optional.empty() : Optional.of(RejectionReason.MALFORMED);
  }

  private static boolean isHex(String text, int length) {
    return text.length() == length && consistsOf(text, HexFormat::isHexDigit);
  }

  private static boolean isMethod(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_METHOD_CHARACTERS
        && consistsOf(text, c -> c >= 'A' && c <= 'Z');
  }

  /** Something, and nothing that could end a quoted text or a line. */
  private static boolean isText(String text) {
    return !text.isEmpty() && consistsOf(text, c -> c >= ' ' && c != 0x7f && c != '"' && c != '\\');
  }

  /** A loop, since each question asks it of hundreds of characters. */
  private static boolean consistsOf(String text, IntPredicate wanted) {
    for (int i = 0; i < text.length(); i++) {
      if (!wanted.test(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
