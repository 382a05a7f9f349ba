package org.latchkey.authenticator.internal;

import java.time.Duration;

/**
 * The settings of an authenticator, within their ranges.
 *
 * @param nonceLifetime how long a challenge may be answered with a new request
 * @param rememberedNonces how many used nonces are remembered
 * @param requestUriMustMatch whether {@code uri} must be the Request-URI
 * @param oldPhones whether a user name that is no key identifier is left to the PBX
 */
public record AuthenticatorSettings(
    Duration nonceLifetime, int rememberedNonces, boolean requestUriMustMatch, boolean oldPhones) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException with a sentence that names the setting
   */
  public AuthenticatorSettings {
    if (nonceLifetime.toSeconds() < 10 || nonceLifetime.toSeconds() > 3600) {
      throw new IllegalArgumentException("nonceLifetimeSeconds is a number from 10 to 3600");
    }
    if (rememberedNonces < 1000 || rememberedNonces > 10_000_000) {
      throw new IllegalArgumentException("rememberedNonces is a number from 1000 to 10000000");
    }
  }

  /** What holds without any setting. */
  public static AuthenticatorSettings defaults() {
    return new AuthenticatorSettings(Duration.ofSeconds(60), 100_000, true, true);
  }

  static AuthenticatorSettings of(AuthenticatorConfiguration configuration) {
    return new AuthenticatorSettings(
        Duration.ofSeconds(configuration.nonceLifetimeSeconds()),
        configuration.rememberedNonces(),
        configuration.requestUriMustMatch(),
        configuration.oldPhones());
  }
}
