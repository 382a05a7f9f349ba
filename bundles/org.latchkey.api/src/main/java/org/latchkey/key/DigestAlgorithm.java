package org.latchkey.key;

import java.util.Optional;

/** The digest algorithms of RFC 7616 that are used with SIP here (RFC 8760 section 2.3). */
public enum DigestAlgorithm {
  /** MD5, which is all that desk phones know. */
  MD5("MD5", "MD5", 32),
  /** SHA-256. */
  SHA_256("SHA-256", "SHA-256", 64);

  private final String token;
  private final String jcaName;
  private final int hexLength;

  DigestAlgorithm(String token, String jcaName, int hexLength) {
    this.token = token;
    this.jcaName = jcaName;
    this.hexLength = hexLength;
  }

  /** The value of the {@code algorithm} parameter (RFC 7616 section 3.3). */
  public String token() {
    return token;
  }

  /** The name by which {@link java.security.MessageDigest} knows it. */
  public String jcaName() {
    return jcaName;
  }

  /** The length of a response or HA1 in hexadecimal characters: 32 or 64. */
  public int hexLength() {
    return hexLength;
  }

  /** Whether this algorithm satisfies a rule that says {@code least} at least. */
  public boolean isAtLeast(DigestAlgorithm least) {
    return compareTo(least) >= 0;
  }

  /** The algorithm of a token, compared without case; empty for any other. */
  public static Optional<DigestAlgorithm> ofToken(String token) {
    for (DigestAlgorithm algorithm : values()) {
      if (algorithm.token.equalsIgnoreCase(token)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }
}
