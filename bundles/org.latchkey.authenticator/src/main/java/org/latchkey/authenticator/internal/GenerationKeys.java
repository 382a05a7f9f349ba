package org.latchkey.authenticator.internal;

import org.latchkey.keyscheme.HmacPrf;

/**
 * What one generation verifies with, for one realm and domain.
 *
 * @param tag the subkey for tags
 * @param registration the subkey for secret keys
 * @param known false for a decoy: random keys, so that what can't be verified takes as long as what
 *     can, and never an acceptance
 */
record GenerationKeys(HmacPrf tag, HmacPrf registration, boolean known) implements AutoCloseable {

  @Override
  public void close() {
    tag.close();
    registration.close();
  }
}
