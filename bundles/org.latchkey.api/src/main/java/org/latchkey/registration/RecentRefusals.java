package org.latchkey.registration;

import org.latchkey.key.Aor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who was refused a moment ago, by an adapter whose protocol lets a PBX take a fault for a refusal.
 */
@ProviderType
public interface RecentRefusals {

  /**
   * Whether a key was refused for an AOR in the last five seconds. Answers from memory, on any
   * thread, never throws; what it no longer remembers was not refused.
   *
   * @param keyIdentifier the user name of the digest
   * @param aor what it was asked about
   */
  boolean refused(String keyIdentifier, Aor aor);
}
