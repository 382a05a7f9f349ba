package org.latchkey.pbx.reference.internal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Secret;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RejectionReason;

/** Knows the HA1 of each key of {@link KeyedAuthenticator} that was not revoked. */
final class TestHa1s implements Ha1Source {

  final List<Secret> given = new CopyOnWriteArrayList<>();
  private final Set<String> revoked;

  TestHa1s(Set<String> revoked) {
    this.revoked = revoked;
  }

  @Override
  public Ha1Answer ha1(String keyIdentifier, Aor aor, String realm, DigestAlgorithm algorithm) {
    if (revoked.contains(keyIdentifier)
        || !keyIdentifier.equals(KeyedAuthenticator.keyOf(aor.user()))) {
      return new Ha1Answer.NoSuchKey(RejectionReason.REVOKED);
    }
    String secret = KeyedAuthenticator.secretOf(aor.user());
    Secret ha1 = Secret.ofText(Digests.hash(algorithm, keyIdentifier + ":" + realm + ":" + secret));
    given.add(ha1);
    return new Ha1Answer.Found(ha1);
  }
}
