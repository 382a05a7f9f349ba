package org.latchkey.registrar.internal;

import java.util.Optional;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.sealing.Contents;

/**
 * Which keys authenticate by an export.
 *
 * @param contents what it says
 */
record Validity(Contents contents) {

  /**
   * Whether a key was revoked, or never issued though somebody else may have made it: of a
   * compromised generation only what was issued counts.
   */
  boolean revoked(String keyIdentifier) {
    return contents.revoked().contains(keyIdentifier)
        || (!contents.compromised().isEmpty()
            && !contents.issued().contains(keyIdentifier)
            && generation(keyIdentifier).filter(contents.compromised()::contains).isPresent());
  }

  /** Whether a key may stay registered. */
  boolean authenticates(String keyIdentifier) {
    return !revoked(keyIdentifier)
        && generation(keyIdentifier).filter(contents.generations()::contains).isPresent();
  }

  private static Optional<Integer> generation(String keyIdentifier) {
    return KeyIdentifier.parse(keyIdentifier).map(KeyIdentifier::generation);
  }
}
