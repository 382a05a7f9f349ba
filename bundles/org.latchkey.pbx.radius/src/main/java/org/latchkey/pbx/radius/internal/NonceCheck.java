package org.latchkey.pbx.radius.internal;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.registration.AuthenticationResult.Challenged;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.RejectionReason;

/**
 * Makes nonces for a PBX and checks the digests over them (RFC 5090 section 2.1.2), so that the
 * authenticator's memory of replays is at work.
 */
final class NonceCheck {

  private static final Pattern PARAMETER =
      Pattern.compile("([a-z]+)=(?:\"([^\"\\\\]*)\"|([^\",\\s]+))");

  private final LatchkeyServices services;
  private final String realm;
  private final DigestAlgorithm algorithm;

  NonceCheck(LatchkeyServices services, String realm, DigestAlgorithm algorithm) {
    this.services = services;
    this.realm = realm;
    this.algorithm = algorithm;
  }

  /** A nonce for who asks for one. */
  Verdict challenge(AccessRequest request, DigestFields fields, Aor aor) {
    return ask(request, fields, aor, List.of());
  }

  /** Checks fields that keep the rules. */
  Verdict check(AccessRequest request, DigestFields fields, Aor aor) {
    String credentials =
        "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=%s, cnonce=\"%s\", qop=auth, nc=%s"
            .formatted(
                fields.username(),
                fields.get(Field.REALM),
                fields.get(Field.NONCE),
                fields.get(Field.URI),
                fields.get(Field.RESPONSE),
                DigestRules.algorithm(fields).orElse(DigestAlgorithm.MD5).token(),
                fields.get(Field.CNONCE),
                fields.get(Field.NONCE_COUNT));
    return ask(request, fields, aor, List.of(credentials));
  }

  private Verdict ask(
      AccessRequest request, DigestFields fields, Aor aor, List<String> credentials) {
    Optional<RegistrationAuthenticator> authenticator = services.authenticator();
    if (authenticator.isEmpty()) {
      return new Verdict.Unknown("there is no authenticator on this node");
    }
    // What the PBX does not tell could be another phone's. Only the same packet is the same
    // request.
    String packet = HexFormat.of().formatHex(request.authenticator());
    RegisterRequest asked =
        RegisterRequest.of(fields.get(Field.METHOD), fields.get(Field.URI), aor)
            .realm(realm)
            .algorithm(algorithm)
            .authorizations(credentials)
            .callId(packet)
            .branch(packet)
            .build();
    return authenticator
        .get()
        .authenticate(asked)
        .fold(
            accepted -> new Verdict.Accepted(accepted.keyIdentifier(), accepted.aor(), "", true),
            this::challenged,
            rejected -> new Verdict.Refused(rejected.reason(), true),
            notOurs -> new Verdict.Refused(RejectionReason.NO_KEY_IDENTIFIER, true),
            unavailable -> new Verdict.Unknown(unavailable.reason()));
  }

  private Verdict challenged(Challenged challenged) {
    Map<String, String> said = new HashMap<>();
    if (!challenged.answer().headers().isEmpty()) {
      Matcher parameters = PARAMETER.matcher(challenged.answer().headers().get(0).value());
      while (parameters.find()) {
        String quoted = parameters.group(2);
        said.put(parameters.group(1), quoted == null ? parameters.group(3) : quoted);
      }
    }
    String nonce = said.getOrDefault("nonce", "");
    if (nonce.isEmpty()) {
      return new Verdict.Unknown("the authenticator's challenge has no nonce");
    }
    Map<Field, String> fields = new EnumMap<>(Field.class);
    fields.put(Field.REALM, realm);
    fields.put(Field.NONCE, nonce);
    fields.put(Field.QOP, "auth");
    fields.put(Field.ALGORITHM, algorithm.token());
    if (challenged.stale()) {
      fields.put(Field.STALE, "true");
    }
    return new Verdict.Challenged(fields);
  }
}
