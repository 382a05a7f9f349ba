package org.latchkey.key;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The life of master keys, as administrators lead it. Every change is on disk and in the audit log
 * when the method returns; {@code actor} is who asked.
 *
 * <p>All methods may block for the store. They throw {@link RequestRefusedException}, with a
 * sentence that says what to do next, when the request can't be carried out, and {@link
 * StoreUnavailableException} when the store is away.
 */
@ProviderType
public interface Generations {

  /** All generations, and how far their phones have moved. */
  Overview overview();

  /**
   * Makes the next generation and issues with it; the one before goes on verifying. A rotation that
   * was begun and not ended goes on where it stopped.
   */
  Generation rotate(Rotation how, String actor);

  /** Who would be left if this generation were retired now, newest first. */
  List<KeyRecord> left(int generation);

  /**
   * Retires a generation. Phones left on it register and are held, unless they are cut off; keys
   * that were replaced are revoked.
   *
   * @param cutOff whether the phones that are left shall not even register
   * @return who is left, newest first
   */
  List<KeyRecord> retire(int generation, boolean cutOff, String actor);

  /**
   * Wipes the master key of a retired generation, for good, and forgets its revocations.
   *
   * @param force whether also when phones are left on it
   */
  void destroy(int generation, boolean force, String actor);

  /** How a generation follows the one before. */
  enum Rotation {
    /** The next generation is made and distributed, and does not issue yet. */
    PREPARE,
    /** It issues; the one before verifies. */
    ISSUE,
    /** As ISSUE, and phones on the generations before are in quarantine until they have moved. */
    COMPROMISED
  }

  /**
   * All generations at one moment.
   *
   * @param rows by number
   * @param moved how many phones have a key of the generation that issues
   * @param phones how many phones there are
   * @param expectedEnd when all will have moved, if they go on as fast as since it issues; empty
   *     when they all have, or none has
   */
  record Overview(List<Row> rows, int moved, int phones, Optional<Instant> expectedEnd) {}

  /**
   * One generation.
   *
   * @param generation it
   * @param phones how many phones' newest key is of it
   */
  record Row(Generation generation, int phones) {}
}
