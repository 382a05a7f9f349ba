package org.latchkey.key;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The store of generations, enrolments and issued keys, behind the key generating agent. Each
 * changing method is one transaction, on disk when it returns; none keeps a secret.
 *
 * <p>Every method blocks, may be called from any thread, and throws {@link
 * StoreUnavailableException} when the store can't do it.
 */
@ProviderType
public interface KeyRecords {

  /** All generations, by number. */
  List<Generation> generations();

  /** Adds a generation; the number must be new. */
  void addGeneration(Generation generation);

  /** Adds enrolments, all or none. */
  void addEnrolments(List<Enrolment> enrolments);

  /** The enrolment of this name. */
  Optional<Enrolment> enrolment(String id);

  /** The enrolment with this code hash. */
  Optional<Enrolment> enrolmentByCodeHash(String codeHash);

  /** Enrolments that await a device, newest first. */
  List<Enrolment> enrolmentsFor(String device, int line);

  /** All enrolments, newest first. */
  List<Enrolment> enrolments();

  /** Replaces what is kept of an enrolment. */
  void updateEnrolment(Enrolment enrolment);

  /**
   * Records an issued key and that its enrolment led to it.
   *
   * @return false, with nothing changed, when the key identifier exists already or the enrolment
   *     has led to another key meanwhile
   */
  boolean issue(KeyRecord key, Enrolment enrolment);

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
   * Revokes a key; a second call changes nothing. With a successor, adds its enrolment in the same
   * transaction.
   */
  void revoke(String keyIdentifier, KeyRecord.Revocation end, Optional<Enrolment> successor);

  /** The identifiers of all revoked keys. */
  Set<String> revoked();
}
