package org.latchkey.bench;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.keyscheme.Ha1;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RegistrationAuthenticator;

/**
 * One phone's REGISTER that answers a challenge, with all that it is made of.
 *
 * @param request the request
 * @param name its key identifier
 * @param nonce of the challenge
 * @param response as sent
 */
record Answered(RegisterRequest request, KeyIdentifier name, String nonce, String response) {

  static final String METHOD = "REGISTER";
  static final String URI = "sip:example.org";
  static final String CNONCE = "0a4f113b9c7d2e61";
  static final String COUNT = "00000001";

  static Aor aor(int number) {
    return new Aor(Integer.toString(100_000 + number), BenchSite.DOMAIN);
  }

  /** A phone with a key, and its answer to a challenge. */
  static Answered of(
      int number,
      BenchSite site,
      DigestAlgorithm algorithm,
      RegistrationAuthenticator authenticator) {
    RegisterRequest.Builder knock = builder(number, algorithm);
    String challenge =
        authenticator
            .authenticate(knock.build())
            .fold(a -> "", c -> c.answer().headers().get(0).value(), r -> "", n -> "", u -> "");
    int at = challenge.indexOf("nonce=\"") + 7;
    return with(number, site, algorithm, site.issue(), challenge.substring(at, at + 44));
  }

  /** The same, with a key identifier and nonce of one's choice. */
  static Answered with(
      int number, BenchSite site, DigestAlgorithm algorithm, KeyIdentifier name, String nonce) {
    byte[] secret = site.secret(name, aor(number));
    String ha1 = text(Ha1.hex(algorithm, name.text(), BenchSite.REALM, secret));
    String ha2 = hash(algorithm, METHOD + ':' + URI);
    String response =
        hash(algorithm, ha1 + ':' + nonce + ':' + COUNT + ':' + CNONCE + ":auth:" + ha2);
    String header =
        "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=%s, cnonce=\"%s\", nc=%s, qop=auth"
            .formatted(
                name, BenchSite.REALM, nonce, URI, response, algorithm.token(), CNONCE, COUNT);
    return new Answered(
        builder(number, algorithm).authorizations(List.of(header)).build(), name, nonce, response);
  }

  private static RegisterRequest.Builder builder(int number, DigestAlgorithm algorithm) {
    return RegisterRequest.of(METHOD, URI, aor(number))
        .realm(BenchSite.REALM)
        .algorithm(algorithm)
        .callId("a84b4c76e66710-" + number + "@192.0.2.7")
        .cseq("2 REGISTER")
        .branch("z9hG4bKnashds" + number)
        .contact("<sip:" + (100_000 + number) + "@192.0.2.7:5060>;expires=600")
        .source(new InetSocketAddress("192.0.2.7", 5060));
  }

  private static String hash(DigestAlgorithm algorithm, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return text(Ha1.hex(Ha1.digest(algorithm).digest(bytes)));
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }
}
