package org.latchkey.authenticator.internal;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.registration.RegisterRequest;

/** Answers challenges as a phone does, with a digest computed here and not by what is tested. */
final class Phone {

  static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.7", 5060);
  static final String CONTACT = "<sip:1001@192.0.2.7:5060>";

  final Aor aor;
  String username;
  String method = "REGISTER";
  String requestUri = "sip:example.org";
  String uri = "sip:example.org";
  String realm = SiteKeys.REALM;
  String cnonce = "0a4f113b";
  String nc = "00000001";
  String callId = "call-1@192.0.2.7";
  DigestAlgorithm algorithm = DigestAlgorithm.MD5;
  private final byte[] secret;

  Phone(Aor aor, String username, byte[] secret) {
    this.aor = aor;
    this.username = username;
    this.secret = secret;
  }

  /** The same phone, whose holder has its secret, as another AOR. */
  Phone as(Aor other) {
    return new Phone(other, username, secret);
  }

  /** The same phone with another secret. */
  Phone withSecret(String other) {
    return new Phone(aor, username, other.getBytes(StandardCharsets.UTF_8));
  }

  /** A request without credentials. */
  RegisterRequest knock() {
    return builder().build();
  }

  /** A request that answers a challenge. */
  RegisterRequest answer(String nonce) {
    return builder().authorizations(List.of(authorization(nonce))).build();
  }

  /** The same, with the header changed. */
  RegisterRequest answer(String nonce, UnaryOperator<String> change) {
    return builder().authorizations(List.of(change.apply(authorization(nonce)))).build();
  }

  /** All but the credentials. */
  RegisterRequest.Builder builder() {
    return RegisterRequest.of(method, requestUri, aor)
        .algorithm(algorithm)
        .callId(callId)
        .cseq("1 " + method)
        .branch("z9hG4bK1")
        .contact(CONTACT)
        .source(SOURCE);
  }

  /** The header's value. */
  String authorization(String nonce) {
    return "Digest username=\""
        + username
        + "\", realm=\""
        + realm
        + "\", nonce=\""
        + nonce
        + "\", uri=\""
        + uri
        + "\", response=\""
        + response(nonce)
        + "\", cnonce=\""
        + cnonce
        + "\", nc="
        + nc
        + ", qop=auth, algorithm="
        + algorithm.token();
  }

  private String response(String nonce) {
    String ha1 = hash(username + ':' + realm + ':' + new String(secret, StandardCharsets.UTF_8));
    String ha2 = hash(method + ':' + uri);
    return hash(ha1 + ':' + nonce + ':' + nc + ':' + cnonce + ":auth:" + ha2);
  }

  private String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm.token());
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
