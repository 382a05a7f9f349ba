package org.latchkey.keyagent.internal;

import java.util.Set;
import org.latchkey.key.KeyPurpose;
import org.latchkey.sealing.Subkeys;

/**
 * The subkeys that a registrar node needs, of all realms and domains that are served.
 *
 * @param settings which those are
 * @param custody where they come from
 */
record RegistrarSubkeys(AgentSettings settings, Custody custody) {

  /**
   * Those of these generations, the caller's to close.
   *
   * @throws UnavailableException when there is one that can't be had
   */
  Subkeys of(Set<Integer> generations) {
    Subkeys subkeys = new Subkeys();
    try {
      for (int generation : generations) {
        for (String realm : settings.realms()) {
          for (String domain : settings.domains()) {
            for (KeyPurpose purpose : Subkeys.PURPOSES) {
              subkeys.put(
                  generation, purpose, realm, domain, bytes(generation, purpose, realm, domain));
            }
          }
        }
      }
      return subkeys;
    } catch (RuntimeException e) {
      subkeys.close();
      throw e;
    }
  }

  private byte[] bytes(int generation, KeyPurpose purpose, String realm, String domain) {
    return custody
        .subkeyBytes(generation, purpose, realm, domain)
        .orElseThrow(
            () ->
                new UnavailableException(
                    "The master key of generation %d can't be reached".formatted(generation)));
  }
}
