package org.latchkey.custody;

import java.util.List;
import org.latchkey.key.Secret;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where the master keys of this node are, as administrators see and change it. Every change is in
 * the audit log; {@code actor} is who asked. Methods throw {@link
 * org.latchkey.key.RequestRefusedException}, with a sentence that says what to do next.
 */
@ProviderType
public interface Custodian {

  /** All places there are, the one in force first. */
  List<Place> places();

  /**
   * Moves all generations to another place and wipes them where they were. No phone's secret
   * changes. A move that was cut off goes on when it is asked for again.
   */
  void move(String name, String actor);

  /** Opens the sealed place that is in force. */
  void unseal(Secret passphrase, String actor);

  /**
   * One place.
   *
   * @param name its name
   * @param words where it is
   * @param inForce whether the agent uses it
   * @param sealed whether it waits for a passphrase
   */
  record Place(String name, String words, boolean inForce, boolean sealed) {}
}
