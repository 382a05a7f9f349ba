package org.latchkey.authenticator.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.keyscheme.Ha1;

/** The response to a challenge with {@code qop=auth} (RFC 7616 section 3.4.1). */
final class DigestResponse {

  private static final byte[] QOP = ":auth:".getBytes(StandardCharsets.US_ASCII);

  private DigestResponse() {}

  /** Whether the response fits, compared in constant time. */
  static boolean fits(
      DigestCredentials credentials,
      DigestAlgorithm algorithm,
      String method,
      byte[] realm,
      byte[] secret) {
    byte[] given = credentials.response();
    byte[] expected = expected(credentials, algorithm, method, realm, secret);
    return given != null && MessageDigest.isEqual(expected, given);
  }

  private static byte[] expected(
      DigestCredentials credentials,
      DigestAlgorithm algorithm,
      String method,
      byte[] realm,
      byte[] secret) {
    MessageDigest digest = Ha1.digest(algorithm);
    byte[] ha1 = ha1(digest, credentials, realm, secret);
    byte[] ha2 = ha2(digest, credentials, method);
    byte[] all =
        new byte
            [ha1.length
                + 1
                + credentials.length(Parameter.NONCE)
                + 1
                + credentials.length(Parameter.NC)
                + 1
                + credentials.length(Parameter.CNONCE)
                + QOP.length
                + ha2.length];
    System.arraycopy(ha1, 0, all, 0, ha1.length);
    int at = parameter(credentials, Parameter.NONCE, all, ha1.length);
    at = parameter(credentials, Parameter.NC, all, at);
    at = parameter(credentials, Parameter.CNONCE, all, at);
    System.arraycopy(QOP, 0, all, at, QOP.length);
    System.arraycopy(ha2, 0, all, at + QOP.length, ha2.length);
    byte[] response = digest.digest(all);
    Arrays.fill(ha1, (byte) 0);
    Arrays.fill(all, 0, ha1.length, (byte) 0);
    return response;
  }

  private static int parameter(
      DigestCredentials credentials, Parameter parameter, byte[] all, int at) {
    all[at] = ':';
    return credentials.copy(parameter, all, at + 1);
  }

  private static byte[] ha1(
      MessageDigest digest, DigestCredentials credentials, byte[] realm, byte[] secret) {
    int username = credentials.length(Parameter.USERNAME);
    byte[] text = new byte[username + 1 + realm.length + 1 + secret.length];
    credentials.copy(Parameter.USERNAME, text, 0);
    text[username] = ':';
    System.arraycopy(realm, 0, text, username + 1, realm.length);
    text[username + 1 + realm.length] = ':';
    System.arraycopy(secret, 0, text, username + 2 + realm.length, secret.length);
    byte[] hash = digest.digest(text);
    byte[] hex = Ha1.hex(hash);
    Arrays.fill(text, (byte) 0);
    Arrays.fill(hash, (byte) 0);
    return hex;
  }

  private static byte[] ha2(MessageDigest digest, DigestCredentials credentials, String method) {
    byte[] name = method.getBytes(StandardCharsets.UTF_8);
    byte[] text = Arrays.copyOf(name, name.length + 1 + credentials.length(Parameter.URI));
    text[name.length] = ':';
    credentials.copy(Parameter.URI, text, name.length + 1);
    return Ha1.hex(digest.digest(text));
  }
}
