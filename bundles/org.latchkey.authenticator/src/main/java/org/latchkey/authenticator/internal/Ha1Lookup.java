package org.latchkey.authenticator.internal;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.Ha1;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.KeyScheme;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.RejectionReason;

/** The HA1 for a PBX that compares the digest itself, under the same rules as a verification. */
final class Ha1Lookup {

  private final Subkeys subkeys;

  Ha1Lookup(Subkeys subkeys) {
    this.subkeys = subkeys;
  }

  /** Looks up; {@code provider} can answer. */
  Ha1Answer ha1(
      String keyIdentifier,
      Aor aor,
      String realm,
      DigestAlgorithm algorithm,
      RegistrationKeys provider) {
    Optional<KeyIdentifier> parsed = KeyIdentifier.parse(keyIdentifier);
    if (parsed.isEmpty()) {
      return new Ha1Answer.NoSuchKey(RejectionReason.NO_KEY_IDENTIFIER);
    }
    KeyIdentifier name = parsed.get();
    SubkeySet set = subkeys.lease(provider);
    try {
      GenerationKeys generation = set.of(name.generation(), realm, aor.domain());
      RejectionReason reason = reason(name, aor, realm, algorithm, generation, provider);
      return reason == null
          ? new Ha1Answer.Found(derive(name, aor, realm, algorithm, generation))
          : new Ha1Answer.NoSuchKey(reason);
    } finally {
      set.leases().giveBack();
    }
  }

  private static @Nullable RejectionReason reason(
      KeyIdentifier name,
      Aor aor,
      String realm,
      DigestAlgorithm algorithm,
      GenerationKeys generation,
      RegistrationKeys provider) {
    if (!provider.serves(realm, aor.domain())) {
      return RejectionReason.FOREIGN_REALM;
    }
    if (!generation.known()) {
      return RejectionReason.UNKNOWN_GENERATION;
    }
    if (!name.tagFits(generation.tag())) {
      return RejectionReason.FORGED_IDENTIFIER;
    }
    if (provider.revoked(name.text())) {
      return RejectionReason.REVOKED;
    }
    return algorithm.isAtLeast(name.least()) ? null : RejectionReason.WEAK_ALGORITHM;
  }

  private static Secret derive(
      KeyIdentifier name,
      Aor aor,
      String realm,
      DigestAlgorithm algorithm,
      GenerationKeys generation) {
    byte[] secret = KeyScheme.secret(generation.registration(), name, aor.user());
    byte[] ha1 = Ha1.hex(algorithm, name.text(), realm, secret);
    try {
      return Secret.copyOf(ha1);
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(ha1, (byte) 0);
    }
  }
}
