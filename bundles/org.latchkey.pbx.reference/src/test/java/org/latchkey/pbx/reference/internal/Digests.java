package org.latchkey.pbx.reference.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.key.DigestAlgorithm;

/**
 * Digest credentials (RFC 7616) as phones make them and our authenticator of the tests reads them.
 */
final class Digests {

  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]+))");

  private Digests() {}

  static Map<String, String> parameters(String value) {
    Map<String, String> found = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(value);
    while (matcher.find()) {
      found.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
    }
    return found;
  }

  static String response(
      DigestAlgorithm algorithm, Map<String, String> p, String secret, String method) {
    String ha1 = hash(algorithm, p.get("username") + ":" + p.get("realm") + ":" + secret);
    String ha2 = hash(algorithm, method + ":" + p.get("uri"));
    return hash(
        algorithm,
        String.join(":", ha1, p.get("nonce"), p.get("nc"), p.get("cnonce"), p.get("qop"), ha2));
  }

  /** The credentials that answer a challenge. */
  static String credentials(
      String challenge, String user, String secret, String method, String uri) {
    Map<String, String> p = parameters(challenge);
    DigestAlgorithm algorithm =
        DigestAlgorithm.ofToken(p.getOrDefault("algorithm", "MD5")).orElseThrow();
    p.put("username", user);
    p.put("uri", uri);
    p.put("nc", "00000001");
    p.put("cnonce", "c0ffee");
    p.put("qop", "auth");
    return ("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\","
            + " cnonce=\"c0ffee\", nc=00000001, qop=auth, algorithm=%s")
        .formatted(
            user,
            p.get("realm"),
            p.get("nonce"),
            uri,
            response(algorithm, p, secret, method),
            algorithm.token());
  }

  static String hash(DigestAlgorithm algorithm, String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm.jcaName())
                  .digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
