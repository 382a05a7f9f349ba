package org.latchkey.store.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Generation;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Generations, enrolments and issued keys in the database. */
@Component
public final class StoredKeys implements KeyRecords {

  private final Database database;

  @Activate
  public StoredKeys(@Reference Database database) {
    this.database = database;
  }

  @Override
  public List<Generation> generations() {
    return database.read(GenerationTable::all);
  }

  @Override
  public void addGeneration(Generation g) {
    try {
      database.change(c -> GenerationTable.add(c, g));
    } catch (DuplicateException e) {
      throw new IllegalArgumentException("there is a generation " + g.number() + " already", e);
    }
  }

  @Override
  public void advance(List<Generation> generations) {
    database.change(c -> GenerationTable.advance(c, generations));
  }

  @Override
  public void addEnrolments(List<Enrolment> enrolments) {
    if (enrolments.isEmpty()) {
      return;
    }
    try {
      database.change(
          c -> {
            EnrolmentTable.add(c, enrolments);
            return enrolments.size();
          });
    } catch (DuplicateException e) {
      throw new IllegalArgumentException("there is an enrolment of this name already", e);
    }
  }

  @Override
  public Optional<Enrolment> enrolment(String id) {
    return database.read(c -> EnrolmentTable.byId(c, id));
  }

  @Override
  public Optional<Enrolment> enrolmentByCodeHash(String codeHash) {
    return codeHash.isEmpty()
        ? Optional.empty()
        : database.read(c -> EnrolmentTable.byCodeHash(c, codeHash));
  }

  @Override
  public List<Enrolment> enrolmentsOfDevice(String device) {
    return database.read(c -> EnrolmentTable.byDevice(c, device));
  }

  @Override
  public List<Enrolment> enrolments() {
    return database.read(EnrolmentTable::all);
  }

  @Override
  public void updateEnrolment(Enrolment enrolment) {
    int changed = database.change(c -> EnrolmentTable.replace(c, enrolment));
    if (changed == 0) {
      throw new IllegalArgumentException("there is no enrolment " + enrolment.id());
    }
  }

  @Override
  public boolean replaceCodeHash(String enrolment, String before, String next) {
    return database.change(c -> EnrolmentTable.replaceCodeHash(c, enrolment, before, next)) == 1;
  }

  @Override
  public boolean issue(KeyRecord key, Enrolment enrolment) {
    try {
      return database.change(
          c -> {
            if (!EnrolmentTable.ledTo(c, enrolment.id(), key.keyIdentifier())) {
              return false;
            }
            KeyTable.add(c, key);
            return true;
          });
    } catch (DuplicateException e) {
      return false;
    }
  }

  @Override
  public boolean replace(KeyRecord key, String before) {
    try {
      return database.change(
          c -> {
            if (!EnrolmentTable.ledOn(c, key.enrolment(), before, key.keyIdentifier())) {
              return false;
            }
            KeyTable.add(c, key);
            return true;
          });
    } catch (DuplicateException e) {
      return false;
    }
  }

  @Override
  public Optional<KeyRecord> key(String keyIdentifier) {
    return database.read(c -> KeyTable.byIdentifier(c, keyIdentifier));
  }

  @Override
  public List<KeyRecord> keysOf(Aor aor) {
    return database.read(c -> KeyTable.byAor(c, aor));
  }

  @Override
  public List<KeyRecord> keysOfUser(String user) {
    return database.read(c -> KeyTable.byUser(c, user));
  }

  @Override
  public List<KeyRecord> keysOfDevice(String device) {
    return database.read(c -> KeyTable.byDevice(c, device));
  }

  @Override
  public List<KeyRecord> keys() {
    return database.read(KeyTable::all);
  }

  @Override
  public void registered(String keyIdentifier, Instant at) {
    database.change(c -> KeyTable.registered(c, keyIdentifier, at));
  }

  @Override
  public void revoke(
      Collection<String> keyIdentifiers, KeyRecord.Revocation end, Optional<Enrolment> successor) {
    try {
      database.change(c -> revoke(c, keyIdentifiers, end, successor));
    } catch (DuplicateException e) {
      // Another thread was faster; or else the successor's name is taken.
      if (!database.read(c -> live(c, keyIdentifiers)).isEmpty()) {
        throw new IllegalArgumentException("there is an enrolment of this name already", e);
      }
    }
  }

  @Override
  public void end(
      Collection<String> keyIdentifiers, Collection<String> enrolments, KeyRecord.Revocation end) {
    Set<String> keys = new LinkedHashSet<>(keyIdentifiers);
    boolean done = false;
    while (!done) {
      done = tryEnding(keys, enrolments, end);
    }
  }

  /** False when another thread has revoked one of the keys meanwhile, for good. */
  private boolean tryEnding(
      Set<String> keys, Collection<String> enrolments, KeyRecord.Revocation end) {
    try {
      database.change(
          c -> {
            int changed = revoke(c, keys, end, Optional.empty());
            for (String one : enrolments) {
              changed += EnrolmentTable.end(c, one, end.at());
            }
            return changed;
          });
      return true;
    } catch (DuplicateException e) {
      return false;
    }
  }

  private static int revoke(
      Connection c,
      Collection<String> keyIdentifiers,
      KeyRecord.Revocation end,
      Optional<Enrolment> successor)
      throws SQLException {
    List<String> live = live(c, keyIdentifiers);
    if (!live.isEmpty()) {
      EnrolmentTable.add(c, successor.stream().toList());
    }
    for (String one : live) {
      KeyTable.revoke(c, one, end);
    }
    return live.size();
  }

  private static List<String> live(Connection c, Collection<String> keyIdentifiers)
      throws SQLException {
    List<String> live = new ArrayList<>();
    for (String one : keyIdentifiers) {
      if (!KeyTable.isRevoked(c, one)) {
        live.add(one);
      }
    }
    return live;
  }

  @Override
  public Set<String> revokeReplaced(int generation, Instant at, String by, String reason) {
    return database.change(c -> KeyTable.revokeReplaced(c, generation, at, by, reason));
  }

  @Override
  public Set<String> revoked() {
    return database.read(KeyTable::revoked);
  }
}
