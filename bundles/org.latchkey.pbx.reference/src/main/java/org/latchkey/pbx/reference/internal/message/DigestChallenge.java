package org.latchkey.pbx.reference.internal.message;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.key.DigestAlgorithm;

/**
 * A digest challenge of a phone (RFC 7616 section 3.3, RFC 8760), as far as it is answered.
 *
 * @param realm the realm
 * @param nonce the nonce
 * @param opaque what is to be said again; empty text when there is none
 * @param algorithm the algorithm
 * @param algorithmNamed whether the challenge names it; phones that don't expect it back unnamed
 * @param qop whether it wants {@code qop=auth}; old phones know none (RFC 3261 section 22.4)
 */
public record DigestChallenge(
    String realm,
    String nonce,
    String opaque,
    DigestAlgorithm algorithm,
    boolean algorithmNamed,
    boolean qop) {

  private static final int LONGEST = 2_048;
  private static final String SCHEME = "Digest ";

  /** Nothing that would end a quoted text when it is said again. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\s*([A-Za-z]+)\\s*=\\s*(?:\"([ !#-\\[\\]-~]*)\"|([!#-+\\--~]+))\\s*(?:,|$)");

  /** Reads a value of WWW-Authenticate; empty when it is none that is answered. */
  public static Optional<DigestChallenge> of(String value) {
    boolean ours =
        value.length() <= LONGEST && value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return ours
        ? parameters(value.substring(SCHEME.length())).flatMap(DigestChallenge::of)
        : none();
  }

  private static Optional<DigestChallenge> of(Map<String, String> parameters) {
    String named = parameters.getOrDefault("algorithm", "");
    String qop = parameters.getOrDefault("qop", "");
    String nonce = parameters.getOrDefault("nonce", "");
    Optional<DigestAlgorithm> algorithm =
        DigestAlgorithm.ofToken(named.isEmpty() ? DigestAlgorithm.MD5.token() : named);
    boolean auth =
        Arrays.stream(qop.split(",", -1)).anyMatch(one -> one.strip().equalsIgnoreCase("auth"));
    boolean old = qop.isEmpty() && algorithm.filter(DigestAlgorithm.MD5::equals).isPresent();
    if (nonce.isEmpty() || !parameters.containsKey("realm") || !(auth || old)) {
      return none();
    }
    return algorithm.map(
        known ->
            new DigestChallenge(
                parameters.getOrDefault("realm", ""),
                nonce,
                parameters.getOrDefault("opaque", ""),
                known,
                !named.isEmpty(),
                auth));
  }

  /** Each once, or none at all. */
  private static Optional<Map<String, String>> parameters(String text) {
    Map<String, String> found = new HashMap<>();
    Matcher one = PARAMETER.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!one.region(at, text.length()).lookingAt()) {
        return Optional.empty();
      }
      String value = one.group(2) == null ? one.group(3) : one.group(2);
      if (found.put(one.group(1).toLowerCase(Locale.ROOT), value) != null) {
        return Optional.empty();
      }
      at = one.end();
    }
    return Optional.of(found);
  }

  private static Optional<DigestChallenge> none() {
    return Optional.empty();
  }
}
