package org.latchkey.pbx.http.internal.freeswitch;

import java.time.Instant;
import java.util.Optional;
import org.latchkey.key.Aor;
import org.latchkey.pbx.Registration;

/**
 * A registration at FreeSWITCH.
 *
 * @param id what FreeSWITCH knows it by
 * @param profile the SIP profile
 * @param authenticatedAs the digest user name
 * @param contact the URI it is reached at
 * @param transport UDP, TCP or TLS
 * @param source the address it came from
 * @param userAgent what the phone calls itself
 * @param registeredAt when it was last refreshed
 * @param expiresAt when it ends
 */
record LiveRegistration(
    Id id,
    String profile,
    String authenticatedAs,
    String contact,
    String transport,
    String source,
    String userAgent,
    Instant registeredAt,
    Instant expiresAt) {

  /**
   * What FreeSWITCH knows a registration by; each as it stands in its table.
   *
   * @param callId the Call-ID
   * @param user the user part of the AOR
   * @param host its host
   */
  record Id(String callId, String user, String host) {}

  /** The key it was made with; empty text for an old phone with its own password. */
  String keyIdentifier() {
    return Names.isKeyIdentifier(authenticatedAs) ? authenticatedAs : "";
  }

  /** Its AOR; empty for one of the administrator's own that no key can have. */
  Optional<Aor> aor() {
    try {
      return Optional.of(new Aor(id.user(), id.host()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As administrators see it. */
  Registration toRegistration(Aor aor) {
    return new Registration(
        aor, contact, keyIdentifier(), transport, source, userAgent, registeredAt, expiresAt);
  }
}
