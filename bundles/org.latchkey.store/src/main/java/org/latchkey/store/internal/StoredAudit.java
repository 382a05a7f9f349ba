package org.latchkey.store.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.PhoneNames;
import org.latchkey.key.StoreUnavailableException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The audit log in the database: rows are added and never changed. */
@Component
public final class StoredAudit implements AuditLog {

  private static final String TAKE_NUMBERS = "UPDATE audit_end SET last_number = last_number + ?";
  private static final String LAST_NUMBER = "SELECT last_number FROM audit_end";
  private static final String INSERT =
      """
      INSERT INTO audit_entry
             (number, done_at, actor, action, key_identifier, aor, device, source, detail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSERT_NAME = "INSERT INTO audit_name (name, number) VALUES (?, ?)";

  private static final String SELECT =
      """
      SELECT number, done_at, actor, action, key_identifier, aor, device, source, detail
        FROM audit_entry
       WHERE number > ? AND action LIKE ? ESCAPE '!'
      """;
  private static final String NEWEST_FIRST = " ORDER BY number DESC LIMIT ?";

  private final Database database;

  @Activate
  public StoredAudit(@Reference Database database) {
    this.database = database;
  }

  @Override
  public void append(AuditEntry entry) {
    appendAll(List.of(entry));
  }

  @Override
  public void appendAll(List<AuditEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    try {
      database.change(c -> insert(c, List.copyOf(entries)));
    } catch (StoreUnavailableException e) {
      throw new AuditUnavailableException("The audit log can't be written. " + e.getMessage(), e);
    }
  }

  @Override
  public List<AuditRecord> search(AuditQuery query) {
    List<Object> values = new ArrayList<>();
    values.add(query.after());
    values.add(beginningWith(query.action()));
    StringBuilder sql = new StringBuilder(SELECT);
    if (!query.phone().isBlank()) {
      Set<String> names = PhoneNames.meantBy(query.phone());
      sql.append(" AND number IN (SELECT number FROM audit_name WHERE name IN (");
      sql.append(String.join(", ", Collections.nCopies(names.size(), "?"))).append("))");
      values.addAll(names);
    }
    values.add(query.limit());
    String whole = sql.append(NEWEST_FIRST).toString();
    try {
      return database.read(c -> Sql.query(c, whole, StoredAudit::row, values.toArray()));
    } catch (StoreUnavailableException e) {
      throw new AuditUnavailableException("The audit log can't be read. " + e.getMessage(), e);
    }
  }

  /** Takes numbers first: the lock on their row makes others wait, so that none is left out. */
  private static int insert(Connection c, List<AuditEntry> entries) throws SQLException {
    Sql.update(c, TAKE_NUMBERS, entries.size());
    long last = Sql.query(c, LAST_NUMBER, r -> r.getLong(1)).get(0);
    long number = last - entries.size();
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> names = new ArrayList<>();
    for (AuditEntry e : entries) {
      number++;
      rows.add(values(number, e));
      for (String name : PhoneNames.of(e.keyIdentifier(), e.aor(), e.device(), e.source())) {
        names.add(new Object[] {name, number});
      }
    }
    Sql.updateAll(c, INSERT, rows);
    Sql.updateAll(c, INSERT_NAME, names);
    return entries.size();
  }

  private static Object[] values(long number, AuditEntry e) {
    return new Object[] {
      number,
      e.at(),
      e.actor(),
      e.action(),
      e.keyIdentifier(),
      e.aor(),
      e.device(),
      e.source(),
      e.detail()
    };
  }

  /** The pattern of LIKE for a beginning that is meant literally. */
  private static String beginningWith(String action) {
    return action.replaceAll("[!%_]", "!$0") + "%";
  }

  private static AuditRecord row(ResultSet r) throws SQLException {
    AuditEntry entry =
        new AuditEntry(
            Sql.instant(r, "done_at"),
            r.getString("actor"),
            r.getString("action"),
            r.getString("key_identifier"),
            r.getString("aor"),
            r.getString("device"),
            r.getString("source"),
            r.getString("detail"));
    return new AuditRecord(r.getLong("number"), entry);
  }
}
