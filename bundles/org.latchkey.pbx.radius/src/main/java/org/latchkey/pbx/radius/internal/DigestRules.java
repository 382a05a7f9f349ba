package org.latchkey.pbx.radius.internal;

import java.util.Optional;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.registration.RejectionReason;

/** What a digest must be before anybody looks for its key. */
final class DigestRules {

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
            && fields.get(Field.NONCE_COUNT).matches("[0-9a-fA-F]{8}")
            && isHex(fields.get(Field.RESPONSE), algorithm.get().hexLength())
            && isText(fields.username())
            && isText(fields.get(Field.NONCE))
            && isText(fields.get(Field.CNONCE))
            && isText(fields.get(Field.URI))
            && fields.get(Field.METHOD).matches("[A-Z]{1,32}");
    return good ? Optional.empty() : Optional.of(RejectionReason.MALFORMED);
  }

  private static boolean isHex(String text, int length) {
    return text.length() == length && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  /** Something, and nothing that could end a quoted text or a line. */
  private static boolean isText(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != '"' && c != '\\');
  }
}
