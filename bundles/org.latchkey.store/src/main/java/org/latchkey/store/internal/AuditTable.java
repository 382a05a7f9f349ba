package org.latchkey.store.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditSink;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.audit.PhoneNames;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The audit log's records in the database: rows are added and never changed. */
@Component(service = {AuditSink.class, AuditArchive.class})
public final class AuditTable implements AuditArchive {

  private static final int WINDOW = 1_000;
  private static final String INSERT =
      """
      INSERT INTO audit_entry
             (number, done_at, actor, action, key_identifier, aor, device, source, detail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSERT_LINK = "INSERT INTO audit_link (number, hash) VALUES (?, ?)";
  private static final String INSERT_NAME = "INSERT INTO audit_name (name, number) VALUES (?, ?)";

  private static final String COLUMNS =
      """
      SELECT e.number, e.done_at, e.actor, e.action, e.key_identifier, e.aor, e.device, e.source,
             e.detail, (SELECT l.hash FROM audit_link l WHERE l.number = e.number) AS hash
      """;

  private static final String LAST =
      COLUMNS + "  FROM audit_entry e ORDER BY e.number DESC LIMIT 1";
  private static final String FROM =
      COLUMNS + "  FROM audit_entry e WHERE e.number >= ? ORDER BY e.number LIMIT ?";

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
  public AuditTable(@Reference Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "store";
  }

  @Override
  public void write(List<ChainedRecord> records) {
    if (!records.isEmpty()) {
      database.change(c -> insert(c, List.copyOf(records)));
    }
  }

  @Override
  public Optional<ChainedRecord> last() {
    return database.read(c -> Sql.first(c, LAST, AuditTable::row));
  }

  @Override
  public List<ChainedRecord> read(long first, int most) {
    return database.read(c -> Sql.query(c, FROM, AuditTable::row, first, most));
  }

  @Override
  public void readAll(Reader reader) {
    long next = Long.MIN_VALUE;
    List<ChainedRecord> window = read(next, WINDOW);
    while (!window.isEmpty()) {
      for (ChainedRecord record : window) {
        if (!reader.record(record)) {
          return;
        }
        next = record.number() + 1;
      }
      window = read(next, WINDOW);
    }
  }

  @Override
  public List<AuditRecord> search(AuditQuery query) {
    return database.read(c -> query.phone().isBlank() ? ofAll(c, query) : ofPhone(c, query));
  }

  private static List<AuditRecord> ofAll(Connection c, AuditQuery query) throws SQLException {
    String action = beginningWith(query.action());
    return Sql.query(c, OF_ALL, AuditTable::row, query.after(), action, query.limit()).stream()
        .map(ChainedRecord::record)
        .toList();
  }

  /** Asks for each name that may be meant: an entry that has two of them is found twice. */
  private static List<AuditRecord> ofPhone(Connection c, AuditQuery query) throws SQLException {
    String action = beginningWith(query.action());
    NavigableMap<Long, AuditRecord> found = new TreeMap<>(Comparator.reverseOrder());
    for (String name : PhoneNames.meantBy(query.phone())) {
      for (ChainedRecord r :
          Sql.query(c, OF_NAME, AuditTable::row, name, query.after(), action, query.limit())) {
        found.put(r.number(), r.record());
      }
    }
    return found.values().stream().limit(query.limit()).toList();
  }

  /** Adds those that follow what is there; a number is a primary key, so none is there twice. */
  private static int insert(Connection c, List<ChainedRecord> records) throws SQLException {
    long last = Sql.first(c, LAST, AuditTable::row).map(ChainedRecord::number).orElse(0L);
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> links = new ArrayList<>();
    List<Object[]> names = new ArrayList<>();
    for (ChainedRecord r : records) {
      if (r.number() > last) {
        if (r.number() != last + 1) {
          throw new IllegalStateException("the store ends with audit record " + last);
        }
        last++;
        rows.add(values(r));
        links.add(new Object[] {r.number(), r.hash()});
        AuditEntry e = r.entry();
        for (String name : PhoneNames.of(e.keyIdentifier(), e.aor(), e.device(), e.source())) {
          names.add(new Object[] {name, r.number()});
        }
      }
    }
    Sql.updateAll(c, INSERT, rows);
    Sql.updateAll(c, INSERT_LINK, links);
    Sql.updateAll(c, INSERT_NAME, names);
    return rows.size();
  }

  private static Object[] values(ChainedRecord r) {
    AuditEntry e = r.entry();
    return new Object[] {
      r.number(),
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

  private static ChainedRecord row(ResultSet r) throws SQLException {
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
    return new ChainedRecord(r.getLong("number"), entry, Sql.maybe(r, "hash").orElse(""));
  }
}
