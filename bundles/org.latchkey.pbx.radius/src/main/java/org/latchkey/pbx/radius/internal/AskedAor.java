package org.latchkey.pbx.radius.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.latchkey.key.Aor;

/** The AOR that a question is about: SIP-AOR (122), or Sip-URI-User (208). */
final class AskedAor {

  /** So that it goes back in an attribute of 253 bytes, behind four of ours. */
  private static final int MOST_BYTES = 249;

  private AskedAor() {}

  /**
   * Reads it: a URI, {@code user@domain}, or a user alone where there is one domain only.
   *
   * @param domains the domains that are answered for
   * @return empty when there is none, when two differ, or when it can't be one of these domains
   */
  static Optional<Aor> of(DigestFields fields, List<String> domains) {
    Optional<Aor> standard = read(fields.get(Field.SIP_AOR), domains);
    Optional<Aor> proprietary = read(fields.get(Field.SIP_URI_USER), domains);
    if (fields.has(Field.SIP_AOR) && fields.has(Field.SIP_URI_USER)) {
      return standard.equals(proprietary) ? standard : Optional.empty();
    }
    return standard.isPresent() ? standard : proprietary;
  }

  private static Optional<Aor> read(String bytes, List<String> domains) {
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
              .toString();
      boolean one = domains.size() == 1;
      boolean tel = text.regionMatches(true, 0, "tel:", 0, 4);
      if (tel
          || text.regionMatches(true, 0, "sip:", 0, 4)
          || text.regionMatches(true, 0, "sips:", 0, 5)) {
        return tel && !one ? Optional.empty() : served(Aor.ofUri(text, domains.get(0)), domains);
      }
      int at = text.lastIndexOf('@');
      if (at >= 0) {
        return served(new Aor(text.substring(0, at), text.substring(at + 1)), domains);
      }
      return one ? served(new Aor(text, domains.get(0)), domains) : Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Aor> served(Aor aor, List<String> domains) {
    boolean fits = aor.toString().getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    return fits && domains.contains(aor.domain()) ? Optional.of(aor) : Optional.empty();
  }
}
