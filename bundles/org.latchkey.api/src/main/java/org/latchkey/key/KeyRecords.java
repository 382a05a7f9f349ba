package org.latchkey.key;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The store of generations, enrolments and issued keys, behind the key generating agent. Each
 * changing method is one transaction, on disk when it returns; none keeps a secret. Instants are
 * kept to the microsecond.
 *
 * <p>Every method blocks, may be called from any thread, and throws {@link
 * StoreUnavailableException} when the store can't do it.
 */
@ProviderType
public interface KeyRecords {

  /** All generations, by number. */
  List<Generation> generations();

  /**
   * Adds a generation.
   *
   * @throws IllegalArgumentException when there is one of this number
   */
  void addGeneration(Generation generation);

  /**
   * Keeps generations as they are now, all or none.
   *
   * @throws IllegalArgumentException when one is kept in another state than its own or the one
   *     before, or two would issue; nothing was changed
   */
  void advance(List<Generation> generations);

  /**
   * Adds enrolments, all or none.
   *
   * @throws IllegalArgumentException when one has a name that is taken
   */
  void addEnrolments(List<Enrolment> enrolments);

  /** The enrolment of this name. */
  Optional<Enrolment> enrolment(String id);

  /** The newest enrolment with this code hash; an empty hash is no code and finds nothing. */
  Optional<Enrolment> enrolmentByCodeHash(String codeHash);

  /** Enrolments bound to a device, of each of its lines, newest first. */
  List<Enrolment> enrolmentsOfDevice(String device);

  /** All enrolments, newest first. */
  List<Enrolment> enrolments();

  /**
   * Replaces what is kept of an enrolment. Two things never go back, even when another thread was
   * faster: the key it has led to stays, and the tries left never grow.
   */
  void updateEnrolment(Enrolment enrolment);

  /**
   * Replaces the code hash of an enrolment, or what stands in its place, and nothing else.
   *
   * @param before the one that it is to have until now
   * @return false, with nothing changed, when it has another one, or there is no such enrolment
   */
  boolean replaceCodeHash(String enrolment, String before, String next);

  /**
   * Records an issued key and that its enrolment led to it.
   *
   * @return false, with nothing changed, when the key identifier exists already or the enrolment
   *     has led to another key meanwhile
   */
  boolean issue(KeyRecord key, Enrolment enrolment);

  /**
   * Records a key of a later generation for the enrolment of an earlier key, which goes on
   * authenticating.
   *
   * @param before the identifier of the key that its phone had until now
   * @return false, with nothing changed, when the key identifier exists already or the enrolment
   *     has led to another key than {@code before} meanwhile
   */
  boolean replace(KeyRecord key, String before);

  /** The key of this identifier. */
  Optional<KeyRecord> key(String keyIdentifier);

  /** The keys of an AOR, newest first, revoked ones too. */
  List<KeyRecord> keysOf(Aor aor);

  /** The keys of a user in any domain, newest first, revoked ones too. */
  List<KeyRecord> keysOfUser(String user);

  /** The keys of a canonical device identifier, newest first, revoked ones too. */
  List<KeyRecord> keysOfDevice(String device);

  /** All keys, newest first, revoked ones too. */
  List<KeyRecord> keys();

  /** Notes the first registration; later calls change nothing. */
  void registered(String keyIdentifier, Instant at);

  /**
   * Revokes keys, all or none; those that are revoked already stay as they are. There may be some
   * that the store has no record of. With a successor, adds its enrolment in the same transaction,
   * unless all were revoked already.
   *
   * @throws IllegalArgumentException when the successor's name is taken
   */
  void revoke(
      Collection<String> keyIdentifiers, KeyRecord.Revocation end, Optional<Enrolment> successor);

  /**
   * Revokes keys without a successor, and ends the windows of enrolments at the same moment, all or
   * none. Keys that are revoked already stay as they are, and so do enrolments that have led to a
   * key or whose window is over.
   */
  void end(
      Collection<String> keyIdentifiers, Collection<String> enrolments, KeyRecord.Revocation end);

  /**
   * Revokes each key of a generation whose phone has registered with the key that replaced it. Its
   * provisioning login leads to that key.
   *
   * @return their identifiers
   */
  Set<String> revokeReplaced(int generation, Instant at, String by, String reason);

  /** The identifiers of all revoked keys, but for those of a generation that is destroyed. */
  Set<String> revoked();
}
