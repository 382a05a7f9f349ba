package org.latchkey.registration;

import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * For a PBX that compares the digest itself: the HA1 of a key identifier (RFC 7616 section 3.4.2).
 * Whoever asks must have checked that AOR is the one the phone registers or calls as: the HA1 is
 * for that AOR alone.
 */
@ConsumerType
public interface Ha1Source {

  /** Answers from memory in microseconds, never blocks, never null, from any thread. */
  Ha1Answer ha1(String keyIdentifier, Aor aor, String realm, DigestAlgorithm algorithm);
}
