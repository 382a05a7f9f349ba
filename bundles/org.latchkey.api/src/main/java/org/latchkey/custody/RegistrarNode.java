package org.latchkey.custody;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A PBX node without a key agent, as its administrators see it. Thread-safe. */
@ProviderType
public interface RegistrarNode {

  /**
   * Trusts the agent that signed the export which is here, instead of any that was trusted before,
   * and takes the export over. The evidence is written first.
   *
   * @param fingerprint of that agent, as its administrator read it at the agent
   * @param actor who asked
   * @throws org.latchkey.key.RequestRefusedException with a sentence that says what to do next;
   *     nothing was changed then
   */
  InForce trust(String fingerprint, String actor);

  /**
   * The export in force.
   *
   * @param number its number
   * @param takenAt when the agent made it
   * @param agent the agent's fingerprint
   * @param generations the generations of which keys authenticate
   */
  record InForce(long number, Instant takenAt, String agent, List<Integer> generations) {}
}
