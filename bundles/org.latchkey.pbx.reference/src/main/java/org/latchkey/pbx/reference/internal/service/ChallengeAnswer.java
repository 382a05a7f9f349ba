package org.latchkey.pbx.reference.internal.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.latchkey.key.Aor;
import org.latchkey.key.Secret;
import org.latchkey.pbx.reference.internal.message.DigestChallenge;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.Ha1Source;

/**
 * What a request says to a phone that challenged it: the digest (RFC 7616 section 3.4.1) of the key
 * that the phone itself registered with. Thread-safe.
 */
public final class ChallengeAnswer {

  private static final int CNONCE_BYTES = 12;
  private static final String COUNT = "00000001";

  private final SecureRandom random = new SecureRandom();

  /**
   * The value of Authorization or Proxy-Authorization; empty when the key authenticates nobody, or
   * nobody who is here knows it.
   *
   * @param aor the AOR that the phone proved
   */
  public Optional<String> to(
      DigestChallenge challenge,
      SipMessage request,
      String keyIdentifier,
      Aor aor,
      Ha1Source source) {
    Ha1Answer answer = source.ha1(keyIdentifier, aor, challenge.realm(), challenge.algorithm());
    return answer.fold(
        found -> {
          try (Secret ha1 = found.ha1()) {
            return Optional.of(value(challenge, request, keyIdentifier, ha1));
          }
        },
        unknown -> Optional.empty(),
        unavailable -> Optional.empty());
  }

  private String value(
      DigestChallenge challenge, SipMessage request, String keyIdentifier, Secret ha1) {
    byte[] drawn = new byte[CNONCE_BYTES];
    random.nextBytes(drawn);
    String cnonce = HexFormat.of().formatHex(drawn);
    MessageDigest digest = digest(challenge);
    String ha2 = hex(digest, request.method() + ':' + request.uri());
    String between =
        ':' + challenge.nonce() + (challenge.qop() ? ':' + COUNT + ':' + cnonce + ":auth" : "");
    byte[] first = ha1.copy();
    digest.update(first);
    Arrays.fill(first, (byte) 0);
    String response = hex(digest, between + ':' + ha2);
    StringBuilder value =
        new StringBuilder(
            "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\""
                .formatted(keyIdentifier, challenge.realm(), challenge.nonce(), request.uri()));
    value.append(", response=\"").append(response).append('"');
    if (challenge.algorithmNamed()) {
      value.append(", algorithm=").append(challenge.algorithm().token());
    }
    if (!challenge.opaque().isEmpty()) {
      value.append(", opaque=\"").append(challenge.opaque()).append('"');
    }
    if (challenge.qop()) {
      value.append(", qop=auth, nc=").append(COUNT);
      value.append(", cnonce=\"").append(cnonce).append('"');
    }
    return value.toString();
  }

  private static String hex(MessageDigest digest, String text) {
    return HexFormat.of().formatHex(digest.digest(text.getBytes(ISO_8859_1)));
  }

  private static MessageDigest digest(DigestChallenge challenge) {
    try {
      return MessageDigest.getInstance(challenge.algorithm().jcaName());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has MD5 and SHA-256", e);
    }
  }
}
