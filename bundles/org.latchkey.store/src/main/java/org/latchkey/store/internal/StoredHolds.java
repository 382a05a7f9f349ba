package org.latchkey.store.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.latchkey.admission.Hold;
import org.latchkey.admission.HoldRecords;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Holds in the database. */
@Component
public final class StoredHolds implements HoldRecords {

  private static final String SELECT =
      "SELECT key_identifier, kind, reason, held_by, held_at FROM hold ORDER BY held_at";
  private static final String UPDATE =
      "UPDATE hold SET reason = ?, held_by = ?, held_at = ? WHERE key_identifier = ? AND kind = ?";
  private static final String INSERT =
      "INSERT INTO hold (reason, held_by, held_at, key_identifier, kind) VALUES (?, ?, ?, ?, ?)";
  private static final String DELETE = "DELETE FROM hold WHERE key_identifier = ? AND kind = ?";

  private final Database database;

  @Activate
  public StoredHolds(@Reference Database database) {
    this.database = database;
  }

  @Override
  public List<Hold> holds() {
    return database.read(c -> Sql.query(c, SELECT, StoredHolds::row));
  }

  @Override
  public boolean knowsNewKeys() {
    return true;
  }

  @Override
  public void add(Hold hold) {
    try {
      database.change(c -> replace(c, hold));
    } catch (DuplicateException e) {
      // Another thread added it in between; now there is one to replace.
      database.change(c -> replace(c, hold));
    }
  }

  @Override
  public void addAll(List<Hold> holds) {
    try {
      database.change(c -> replaceAll(c, holds));
    } catch (DuplicateException e) {
      // Another thread added one in between; now there is one to replace.
      database.change(c -> replaceAll(c, holds));
    }
  }

  @Override
  public void removeAll(Collection<String> keyIdentifiers, Hold.Kind kind) {
    database.change(c -> deleted(c, keyIdentifiers, kind));
  }

  @Override
  public void remove(String keyIdentifier, Hold.Kind kind) {
    database.change(c -> Sql.update(c, DELETE, keyIdentifier, kind));
  }

  private static int deleted(Connection c, Collection<String> keyIdentifiers, Hold.Kind kind)
      throws SQLException {
    List<Object[]> rows = keyIdentifiers.stream().map(key -> new Object[] {key, kind}).toList();
    Sql.updateAll(c, DELETE, rows);
    return rows.size();
  }

  private static int replaceAll(Connection c, List<Hold> holds) throws SQLException {
    for (Hold hold : holds) {
      replace(c, hold);
    }
    return holds.size();
  }

  private static int replace(Connection c, Hold hold) throws SQLException {
    Object[] values = {hold.reason(), hold.by(), hold.at(), hold.keyIdentifier(), hold.kind()};
    int replaced = Sql.update(c, UPDATE, values);
    return replaced > 0 ? replaced : Sql.update(c, INSERT, values);
  }

  private static Hold row(ResultSet r) throws SQLException {
    return new Hold(
        r.getString("key_identifier"),
        Hold.Kind.valueOf(r.getString("kind")),
        r.getString("reason"),
        r.getString("held_by"),
        Sql.instant(r, "held_at"));
  }
}
