package org.latchkey.doctor.internal.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.keyscheme.Ha1;

/** A digest challenge and the answer to it (RFC 7616, RFC 8760), with qop "auth". */
public final class DigestChallenge {

  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");

  private final Map<String, String> parameters;
  private final DigestAlgorithm algorithm;

  private DigestChallenge(Map<String, String> parameters, DigestAlgorithm algorithm) {
    this.parameters = parameters;
    this.algorithm = algorithm;
  }

  /** Reads the value of WWW-Authenticate or Proxy-Authenticate; empty when it can't be answered. */
  public static Optional<DigestChallenge> parse(String value) {
    if (!value.regionMatches(true, 0, "Digest ", 0, 7)) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(value.substring(7));
    while (matcher.find()) {
      String quoted = matcher.group(2);
      parameters.put(
          matcher.group(1).toLowerCase(Locale.ROOT),
          quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : matcher.group(3));
    }
    boolean complete = parameters.containsKey("realm") && parameters.containsKey("nonce");
    return DigestAlgorithm.ofToken(parameters.getOrDefault("algorithm", "MD5"))
        .filter(algorithm -> complete && parameters.getOrDefault("qop", "").contains("auth"))
        .map(algorithm -> new DigestChallenge(parameters, algorithm));
  }

  /** The realm. */
  public String realm() {
    return parameters.getOrDefault("realm", "");
  }

  /** Whether only the nonce was too old. */
  public boolean stale() {
    return parameters.getOrDefault("stale", "").equalsIgnoreCase("true");
  }

  /**
   * The value of Authorization for a request.
   *
   * @param secret the secret key, the caller's
   * @param cnonce fresh random characters
   */
  public String answer(String user, byte[] secret, String method, String uri, String cnonce) {
    String nonce = parameters.getOrDefault("nonce", "");
    byte[] ha1 = Ha1.hex(algorithm, user, realm(), secret);
    String ha2 = hash(bytes(method + ':' + uri));
    MessageDigest digest = Ha1.digest(algorithm);
    digest.update(ha1);
    Arrays.fill(ha1, (byte) 0);
    digest.update(bytes(":" + nonce + ":00000001:" + cnonce + ":auth:" + ha2));
    String response = new String(Ha1.hex(digest.digest()), StandardCharsets.US_ASCII);
    String opaque = parameters.get("opaque");
    return ("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", "
                + "algorithm=%s, cnonce=\"%s\", qop=auth, nc=00000001")
            .formatted(
                user, quoted(realm()), quoted(nonce), uri, response, algorithm.token(), cnonce)
        + (opaque == null ? "" : ", opaque=\"" + quoted(opaque) + '"');
  }

  private String hash(byte[] text) {
    return new String(Ha1.hex(Ha1.digest(algorithm).digest(text)), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
