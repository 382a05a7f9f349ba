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

  /**
   * Who would be left if this generation were retired now, newest first; then phones that are
   * registered with a key of it which this node has no record of. May take 2 seconds for each PBX.
   */
  List<Left> left(int generation);

  /**
   * Retires a generation. Phones left on it register and are held, unless they are cut off; keys
   * that were replaced are revoked.
   *
   * @param cutOff whether the phones that are left shall not even register
   * @return who is left, as {@link #left} says it
   */
  List<Left> retire(int generation, boolean cutOff, String actor);

  /**
   * Wipes the master key of a retired generation, for good, and forgets its revocations. If the key
   * could not be removed, that is said, and calling again tries it again.
   *
   * @param force whether also when phones are left on it, or a PBX does not say who is registered
   */
  void destroy(int generation, boolean force, String actor);

  /**
   * A key that its phone still depends on.
   *
   * @param keyIdentifier the key
   * @param aor the address of record it is for
   * @param recorded whether this node has a record of it
   * @param moving whether its phone has fetched its next key, and has not used it
   */
  record Left(String keyIdentifier, Aor aor, boolean recorded, boolean moving) {}

  /** How a generation follows the one before. */
  enum Rotation {
    /** The next generation is made and distributed, and does not issue yet. */
    PREPARE,
    /** It issues; the one before verifies. */
    ISSUE,
    /**
     * As ISSUE, with a generation that never left this node, and phones on the generations before
     * are in quarantine until they have moved.
     */
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
   * @param phones how many phones' newest key is of it, with those that are registered with a key
   *     of it which this node has no record of
   */
  record Row(Generation generation, int phones) {}
}
