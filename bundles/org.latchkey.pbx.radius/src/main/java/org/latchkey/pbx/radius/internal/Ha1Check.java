package org.latchkey.pbx.radius.internal;

import java.util.Arrays;
import java.util.Optional;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Secret;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RejectionReason;

/** Checks a digest over a nonce of the PBX, which has checked that nonce itself. */
final class Ha1Check {

  private static final String NO_SOURCE = "there is no authenticator on this node";

  private final LatchkeyServices services;

  Ha1Check(LatchkeyServices services) {
    this.services = services;
  }

  /** Checks fields that keep the rules. */
  Verdict check(DigestFields fields, Aor aor) {
    Optional<Ha1Source> source = services.ha1Source();
    if (source.isEmpty()) {
      return new Verdict.Unknown(NO_SOURCE);
    }
    DigestAlgorithm algorithm = DigestRules.algorithm(fields).orElse(DigestAlgorithm.MD5);
    return source
        .get()
        .ha1(fields.username(), aor, fields.get(Field.REALM), algorithm)
        .fold(
            found -> compared(fields, aor, algorithm, found.ha1()),
            none -> {
              boolean unused =
                  DigestResponse.fits(fields, algorithm, DigestResponse.nobodys(algorithm));
              return new Verdict.Refused(none.reason(), false);
            },
            unavailable -> new Verdict.Unknown(unavailable.reason()));
  }

  private static Verdict compared(
      DigestFields fields, Aor aor, DigestAlgorithm algorithm, Secret secret) {
    byte[] ha1 = secret.copy();
    try (secret) {
      if (ha1.length != algorithm.hexLength()) {
        return new Verdict.Unknown("the authenticator gave something that is no HA1");
      }
      if (!DigestResponse.fits(fields, algorithm, ha1)) {
        return new Verdict.Refused(RejectionReason.WRONG_SECRET, false);
      }
      String proof = fields.isStandard() ? DigestResponse.auth(fields, algorithm, ha1) : "";
      return new Verdict.Accepted(fields.username(), aor, proof, false);
    } finally {
      Arrays.fill(ha1, (byte) 0);
    }
  }
}
