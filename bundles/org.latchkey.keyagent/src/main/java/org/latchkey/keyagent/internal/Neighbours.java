package org.latchkey.keyagent.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.custody.KeyCustody;
import org.latchkey.key.KeyRecords;
import org.latchkey.pbx.PbxControl;
import org.latchkey.phone.PhoneProfile;

/** The services of other bundles, which come and go while the agent stays. Thread-safe. */
final class Neighbours {

  private volatile @Nullable KeyRecords store;
  private volatile @Nullable AuditLog audit;
  private volatile @Nullable Quarantine quarantine;
  private volatile @Nullable PhoneJournal journal;
  private final List<PbxControl> pbxs = new CopyOnWriteArrayList<>();
  private final List<PhoneProfile> profiles = new CopyOnWriteArrayList<>();
  private final List<KeyCustody> custodies = new CopyOnWriteArrayList<>();

  Optional<KeyRecords> store() {
    return Optional.ofNullable(store);
  }

  synchronized void store(KeyRecords value) {
    store = value;
  }

  /** Forgets it, unless another has taken its place. */
  synchronized void noStore(KeyRecords value) {
    if (store == value) {
      store = null;
    }
  }

  Optional<AuditLog> audit() {
    return Optional.ofNullable(audit);
  }

  synchronized void audit(AuditLog value) {
    audit = value;
  }

  /** Forgets it, unless another has taken its place. */
  synchronized void noAudit(AuditLog value) {
    if (audit == value) {
      audit = null;
    }
  }

  Optional<Quarantine> quarantine() {
    return Optional.ofNullable(quarantine);
  }

  synchronized void quarantine(Quarantine value) {
    quarantine = value;
  }

  /** Forgets it, unless another has taken its place. */
  synchronized void noQuarantine(Quarantine value) {
    if (quarantine == value) {
      quarantine = null;
    }
  }

  synchronized void journal(PhoneJournal value) {
    journal = value;
  }

  /** Forgets it, unless another has taken its place. */
  synchronized void noJournal(PhoneJournal value) {
    if (journal == value) {
      journal = null;
    }
  }

  /** Notes what happened to a phone, if somebody keeps a journal. */
  void note(PhoneEvent event) {
    PhoneJournal present = journal;
    if (present != null) {
      present.note(event);
    }
  }

  /** Places of others for master keys; live, to be added to and removed from. */
  List<KeyCustody> custodies() {
    return custodies;
  }

  /** All families of phones; live, to be added to and removed from. */
  List<PhoneProfile> profiles() {
    return profiles;
  }

  /** All PBXs; live, to be added to and removed from. */
  List<PbxControl> pbxs() {
    return pbxs;
  }
}
