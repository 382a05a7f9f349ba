package org.latchkey.pbx.http.internal.asterisk;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.KeyRecord;

/**
 * What Asterisk's answers need to know of an issued key that is not revoked.
 *
 * @param keyIdentifier its name
 * @param aor the address of record it opens
 * @param least the least digest algorithm that is accepted
 * @param displayName what people call the line; may be empty
 */
record IssuedLine(String keyIdentifier, Aor aor, DigestAlgorithm least, String displayName) {

  /** What Asterisk can have in the name of an AOR, and in the list of an endpoint's. */
  private static final String PLAIN_USER = "[A-Za-z0-9.+_*#-]{1,64}";

  /** The line of a key; empty when it is revoked, or Asterisk can't have such an AOR. */
  static Optional<IssuedLine> of(KeyRecord key) {
    return key.revocation().isPresent() || !key.aor().user().matches(PLAIN_USER)
        ? Optional.empty()
        : Optional.of(
            new IssuedLine(
                key.keyIdentifier(), key.aor(), key.least(), key.displayName().orElse("")));
  }

  /**
   * Reads what {@link #toText} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static IssuedLine ofText(String text) {
    String[] parts = text.split("\t", -1);
    if (parts.length != 5 || !parts[0].matches("[0-9a-z]{1,64}")) {
      throw new IllegalArgumentException("not five fields, the first a key identifier");
    }
    return new IssuedLine(
        parts[0],
        new Aor(parts[1], parts[2]),
        DigestAlgorithm.ofToken(parts[3])
            .orElseThrow(() -> new IllegalArgumentException("no digest algorithm")),
        URLDecoder.decode(parts[4], StandardCharsets.UTF_8));
  }

  /** One line of text. */
  String toText() {
    return String.join(
        "\t",
        keyIdentifier,
        aor.user(),
        aor.domain(),
        least.token(),
        URLEncoder.encode(displayName, StandardCharsets.UTF_8));
  }

  /** The caller ID, as Asterisk has it, without what would end the name early. */
  String callerId() {
    String name = displayName.replaceAll("[^\\p{L}\\p{N} .,'()_-]", "");
    String shortened = name.codePointCount(0, name.length()) > 60 ? "" : name;
    return "\"" + shortened + "\" <" + aor.user() + ">";
  }
}
