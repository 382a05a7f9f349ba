package org.latchkey.phones.internal;

import org.latchkey.key.DigestAlgorithm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Linphone is told beside its key.
 *
 * @param algorithm the digest algorithm it registers with
 * @param expirySeconds how long a registration lasts
 * @param srtp whether it offers SRTP first
 */
record LinphoneSettings(DigestAlgorithm algorithm, int expirySeconds, boolean srtp) {

  private static final Logger LOG = LoggerFactory.getLogger(LinphoneSettings.class);
  private static final int LEAST_EXPIRY_SECONDS = 60;
  private static final int MOST_EXPIRY_SECONDS = 3600;

  /** The settings as written; what can't be read stands at its default, and the log says so. */
  static LinphoneSettings of(PhonesConfiguration configuration) {
    return new LinphoneSettings(
        DigestAlgorithm.ofToken(configuration.linphoneAlgorithm().trim())
            .orElseGet(
                () -> {
                  LOG.warn("linphoneAlgorithm is neither SHA-256 nor MD5; SHA-256 it is");
                  return DigestAlgorithm.SHA_256;
                }),
        Math.max(
            LEAST_EXPIRY_SECONDS,
            Math.min(MOST_EXPIRY_SECONDS, configuration.linphoneExpirySeconds())),
        configuration.linphoneSrtp());
  }
}
