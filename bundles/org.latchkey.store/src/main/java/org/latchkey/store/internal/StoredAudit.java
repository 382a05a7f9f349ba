package org.latchkey.store.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
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

  private static final String COLUMNS =
      """
      SELECT e.number, e.done_at, e.actor, e.action, e.key_identifier, e.aor, e.device, e.source,
             e.detail
      """;

  private static final String OF_ALL =
      COLUMNS
          + """
              FROM audit_entry e
             WHERE e.number > ? AND e.action LIKE ? ESCAPE '!'
             ORDER BY e.number DESC LIMIT ?
            """;

  /** In the order of the names' index, so that nothing is sorted but what is asked for. */
  private static final String OF_NAME =
      COLUMNS
          + """
              FROM audit_name n JOIN audit_entry e ON e.number = n.number
             WHERE n.name = ? AND n.number > ? AND e.action LIKE ? ESCAPE '!'
             ORDER BY n.name DESC, n.number DESC LIMIT ?
            """;

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
    try {
      return database.read(c -> query.phone().isBlank() ? ofAll(c, query) : ofPhone(c, query));
    } catch (StoreUnavailableException e) {
      throw new AuditUnavailableException("The audit log can't be read. " + e.getMessage(), e);
    }
  }

  private static List<AuditRecord> ofAll(Connection c, AuditQuery query) throws SQLException {
    String action = beginningWith(query.action());
    return Sql.query(c, OF_ALL, StoredAudit::row, query.after(), action, query.limit());
  }

  /** Asks for each name that may be meant: an entry that has two of them is found twice. */
  private static List<AuditRecord> ofPhone(Connection c, AuditQuery query) throws SQLException {
    String action = beginningWith(query.action());
    NavigableMap<Long, AuditRecord> found = new TreeMap<>(Comparator.reverseOrder());
    for (String name : PhoneNames.meantBy(query.phone())) {
      for (AuditRecord r :
          Sql.query(c, OF_NAME, StoredAudit::row, name, query.after(), action, query.limit())) {
        found.put(r.number(), r);
      }
    }
    return found.values().stream().limit(query.limit()).toList();
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
