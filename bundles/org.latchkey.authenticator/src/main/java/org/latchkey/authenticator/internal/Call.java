package org.latchkey.authenticator.internal;

import org.latchkey.key.Aor;
import org.latchkey.registration.RegisterRequest;

/**
 * Whose loop a request belongs to. A phone keeps its Call-ID as long as it registers (RFC 3261
 * section 10.2); address and AOR it may share with others behind the same proxy or NAT.
 *
 * @param source the address it came from, without port; empty when the PBX did not say
 * @param aor the AOR
 * @param id the beginning of the Call-ID; empty when the PBX did not say
 */
record Call(String source, Aor aor, String id) {

  private static final int MAX_CHARACTERS = 128;

  static Call of(RegisterRequest request) {
    String id = request.callId();
    return new Call(
        Source.of(request),
        request.aor(),
        id.length() <= MAX_CHARACTERS ? id : id.substring(0, MAX_CHARACTERS));
  }

  /** All calls of this address and AOR together. */
  Call anyOfPhone() {
    return new Call(source, aor, "");
  }

  /** Whether it can't be told from what others send. */
  boolean isAnybodys() {
    return id.isEmpty();
  }
}
