package org.latchkey.registration;

import java.time.Instant;
import org.latchkey.key.Aor;
import org.osgi.annotation.versioning.ConsumerType;

/** Wants to know which keys have proved themselves. Registered as an OSGi service. */
@ConsumerType
public interface RegistrationListener {

  /**
   * A REGISTER of this key was accepted; retransmissions are not told. Called on the PBX's thread:
   * return at once, never throw.
   */
  void accepted(String keyIdentifier, Aor aor, Instant at);
}
