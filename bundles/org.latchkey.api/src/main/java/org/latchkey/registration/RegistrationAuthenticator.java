package org.latchkey.registration;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The registration-auth SPI: decides whether one SIP request comes from the holder of the secret
 * key for its AOR. A PBX calls it on each REGISTER, and with the same code on any other method it
 * challenges.
 *
 * <p>Latchkey offers one as an OSGi service; a site may offer its own with a higher ranking.
 */
@ConsumerType
public interface RegistrationAuthenticator {

  /**
   * Checks one request. Takes microseconds, never blocks, never returns null, may be called from
   * any thread at once. An exception, like an absent service, never means yes: treat it as {@link
   * AuthenticationResult.Unavailable}.
   */
  AuthenticationResult authenticate(RegisterRequest request);
}
