package org.latchkey.authenticator.internal;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.KeyScheme;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RejectionReason;

/**
 * The check of one request, in this order: syntax, nonce MAC, nonce age, identifier tag, revoked,
 * derivation, comparison, replay window. Each step costs more than the one before, and the window
 * moves only after the response was verified: a nonce that somebody saw can't be used up.
 *
 * <p>From the tag on, every refusal has gone the whole way, with a decoy for a key that there is
 * not: unknown, revoked, wrong secret and wrong AOR take the same time.
 */
final class Verification {

  private final AuthenticatorSettings settings;
  private final Nonces nonces;
  private final ReplayWindows windows;
  private final Subkeys subkeys;

  Verification(
      AuthenticatorSettings settings, Nonces nonces, ReplayWindows windows, Subkeys subkeys) {
    this.settings = settings;
    this.nonces = nonces;
    this.windows = windows;
    this.subkeys = subkeys;
  }

  /**
   * Checks a request.
   *
   * @param keys null when nothing can be derived at present
   * @param missing why that is so
   * @param now by the {@link RunClock}
   */
  Finding check(
      RegisterRequest request,
      Realm realm,
      @Nullable RegistrationKeys keys,
      String missing,
      long now) {
    CredentialsForRealm choice =
        CredentialsForRealm.choose(request.authorizations(), realm.bytes());
    DigestCredentials credentials = choice.credentials();
    RejectionReason problem = choice.problem();
    if (credentials == null) {
      return problem == null ? Finding.NO_CREDENTIALS : Finding.refused(problem);
    }
    problem = CredentialsRules.broken(credentials, request, settings.requestUriMustMatch());
    if (problem != null) {
      return Finding.refused(problem);
    }
    Nonce nonce =
        nonces.read(
            credentials.bytes(Parameter.NONCE), realm.bytes(), request.algorithm(), request.aor());
    if (nonce == null) {
      return Finding.refused(RejectionReason.FORGED_NONCE);
    }
    Nonce.Age age = nonce.age(now, settings.nonceLifetime().toMillis());
    if (age == Nonce.Age.STALE || (age == Nonce.Age.LINGERING && windows.used(nonce) == null)) {
      return Finding.stale(nonce.thisRun() ? "its nonce was too old" : "its nonce was from before");
    }
    Optional<KeyIdentifier> identifier =
        identifier(credentials.text(Parameter.USERNAME), request.aor());
    if (identifier.isEmpty()) {
      return noKeyIdentifier(credentials, age);
    }
    if (keys == null) {
      return Finding.unavailable(missing);
    }
    KeyIdentifier name = identifier.get();
    Finding refusal = refusal(request, realm, credentials, name, keys);
    return refusal != null ? refusal : use(request, credentials, nonce, age, name, keys, now);
  }

  /** The key that a username names, alone or behind the user of the AOR and a hyphen. */
  private static Optional<KeyIdentifier> identifier(String username, Aor aor) {
    Optional<KeyIdentifier> alone = KeyIdentifier.parse(username);
    int before = aor.user().length() + 1;
    return alone.isPresent() || username.length() <= before
        ? alone
        : KeyIdentifier.parse(username.substring(before))
            .filter(key -> username.equals(aor.joinedWith(key.text())));
  }

  private Finding noKeyIdentifier(DigestCredentials credentials, Nonce.Age age) {
    if (age != Nonce.Age.FRESH) {
      return Finding.stale("its nonce was too old");
    }
    return settings.oldPhones()
        ? Finding.notOurs(credentials.text(Parameter.USERNAME))
        : Finding.refused(RejectionReason.NO_KEY_IDENTIFIER);
  }

  /** Why the key did not prove itself; null when it did. The same work in every case. */
  private @Nullable Finding refusal(
      RegisterRequest request,
      Realm realm,
      DigestCredentials credentials,
      KeyIdentifier name,
      RegistrationKeys keys) {
    SubkeySet set = subkeys.lease(keys);
    try {
      GenerationKeys generation = set.of(name.generation(), realm.name(), request.aor().domain());
      boolean tagFits = name.tagFits(generation.tag());
      boolean revoked = keys.revoked(name.text());
      boolean proved = proved(request, realm.bytes(), credentials, name, generation);
      if (!generation.known()) {
        return Finding.refused(
            keys.serves(realm.name(), request.aor().domain())
                ? RejectionReason.UNKNOWN_GENERATION
                : RejectionReason.FOREIGN_REALM);
      }
      if (!tagFits) {
        return Finding.refused(RejectionReason.FORGED_IDENTIFIER);
      }
      RejectionReason reason = reason(request.algorithm(), name, revoked, proved);
      return reason == null ? null : Finding.refused(name.text(), reason);
    } finally {
      set.leases().giveBack();
    }
  }

  private static @Nullable RejectionReason reason(
      DigestAlgorithm algorithm, KeyIdentifier name, boolean revoked, boolean proved) {
    if (revoked) {
      return RejectionReason.REVOKED;
    }
    if (!algorithm.isAtLeast(name.least())) {
      return RejectionReason.WEAK_ALGORITHM;
    }
    return proved ? null : RejectionReason.WRONG_SECRET;
  }

  private static boolean proved(
      RegisterRequest request,
      byte[] realm,
      DigestCredentials credentials,
      KeyIdentifier name,
      GenerationKeys generation) {
    byte[] secret = KeyScheme.secret(generation.registration(), name, request.aor().user());
    try {
      return DigestResponse.fits(credentials, request.algorithm(), request.method(), realm, secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** The key proved itself: is it the first time that it does so with this nonce count? */
  private Finding use(
      RegisterRequest request,
      DigestCredentials credentials,
      Nonce nonce,
      Nonce.Age age,
      KeyIdentifier name,
      RegistrationKeys keys,
      long now) {
    Optional<String> fault = keys.unavailable();
    if (fault.isPresent()) {
      return Finding.unavailable(fault.get());
    }
    long count = CredentialsRules.count(credentials);
    Evidence evidence = Evidence.of(request, credentials.text(Parameter.RESPONSE));
    if (age == Nonce.Age.LINGERING) {
      NonceWindow window = windows.used(nonce);
      return window != null && window.again(count, evidence, now)
          ? Finding.accepted(name.text(), true)
          : Finding.stale("its nonce was too old");
    }
    NonceWindow.Use use = windows.use(nonce, count, evidence, now);
    if (use == null) {
      return Finding.stale("its nonce was used too long ago");
    }
    return use == NonceWindow.Use.REPLAY
        ? Finding.refused(name.text(), RejectionReason.REPLAYED)
        : Finding.accepted(name.text(), use == NonceWindow.Use.RETRANSMISSION);
  }
}
