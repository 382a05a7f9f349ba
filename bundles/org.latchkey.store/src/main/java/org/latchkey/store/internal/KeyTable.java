package org.latchkey.store.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecord.Revocation;

/** The tables {@code issued_key} and {@code revocation}. */
final class KeyTable {

  private static final String SELECT =
      """
      SELECT k.key_identifier, k.generation, k.aor_user, k.aor_domain, k.realm, k.device, k.line,
             k.least_algorithm, k.profile, k.display_name, k.enrolment, k.issue_counter,
             k.issued_at, k.registered_at, r.revoked_at, r.revoked_by, r.reason, r.successor,
             CASE WHEN e.key_identifier <> k.key_identifier THEN e.key_identifier END AS replaced_by
        FROM issued_key k
             LEFT JOIN revocation r ON r.key_identifier = k.key_identifier
             LEFT JOIN enrolment e ON e.id = k.enrolment
      """;

  private static final String NEWEST_FIRST = " ORDER BY k.place DESC";

  private static final String INSERT =
      """
      INSERT INTO issued_key
             (key_identifier, generation, aor_user, aor_domain, realm, device, line,
              least_algorithm, profile, display_name, enrolment, issue_counter, issued_at,
              registered_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String REGISTERED =
      """
      UPDATE issued_key SET registered_at = ?
       WHERE key_identifier = ? AND registered_at IS NULL
      """;

  private static final String REVOKE =
      """
      INSERT INTO revocation (key_identifier, revoked_at, revoked_by, reason, successor)
      VALUES (?, ?, ?, ?, ?)
      """;

  private static final String IS_REVOKED =
      "SELECT key_identifier FROM revocation WHERE key_identifier = ?";

  private static final String REVOKED =
      """
      SELECT r.key_identifier FROM revocation r
       WHERE NOT EXISTS (SELECT 1
                           FROM issued_key k JOIN generation_state s ON s.number = k.generation
                          WHERE k.key_identifier = r.key_identifier AND s.state = 'DESTROYED')
      """;
  private static final String REPLACED =
      """
      SELECT k.key_identifier, k.enrolment
        FROM issued_key k
             JOIN enrolment e ON e.id = k.enrolment
             JOIN issued_key n ON n.key_identifier = e.key_identifier
       WHERE k.generation = ? AND n.key_identifier <> k.key_identifier
         AND n.registered_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM revocation r WHERE r.key_identifier = k.key_identifier)
      """;

  private KeyTable() {}

  static void add(Connection c, KeyRecord k) throws SQLException {
    Sql.update(
        c,
        INSERT,
        k.keyIdentifier(),
        k.generation(),
        k.aor().user(),
        k.aor().domain(),
        k.realm(),
        k.device(),
        k.line(),
        k.least(),
        k.profile(),
        k.displayName(),
        k.enrolment(),
        k.issueCounter(),
        k.issuedAt(),
        k.registeredAt());
  }

  static Optional<KeyRecord> byIdentifier(Connection c, String keyIdentifier) throws SQLException {
    return Sql.first(c, SELECT + "WHERE k.key_identifier = ?", KeyTable::row, keyIdentifier);
  }

  static List<KeyRecord> byAor(Connection c, Aor aor) throws SQLException {
    String sql = SELECT + "WHERE k.aor_user = ? AND k.aor_domain = ?" + NEWEST_FIRST;
    return Sql.query(c, sql, KeyTable::row, aor.user(), aor.domain());
  }

  static List<KeyRecord> byUser(Connection c, String user) throws SQLException {
    return Sql.query(c, SELECT + "WHERE k.aor_user = ?" + NEWEST_FIRST, KeyTable::row, user);
  }

  static List<KeyRecord> byDevice(Connection c, String device) throws SQLException {
    return Sql.query(c, SELECT + "WHERE k.device = ?" + NEWEST_FIRST, KeyTable::row, device);
  }

  static List<KeyRecord> all(Connection c) throws SQLException {
    return Sql.query(c, SELECT + NEWEST_FIRST, KeyTable::row);
  }

  static int registered(Connection c, String keyIdentifier, Instant at) throws SQLException {
    return Sql.update(c, REGISTERED, at, keyIdentifier);
  }

  static int revoke(Connection c, String keyIdentifier, Revocation end) throws SQLException {
    return Sql.update(c, REVOKE, keyIdentifier, end.at(), end.by(), end.reason(), end.successor());
  }

  static boolean isRevoked(Connection c, String keyIdentifier) throws SQLException {
    return Sql.first(c, IS_REVOKED, r -> r.getString(1), keyIdentifier).isPresent();
  }

  static Set<String> revoked(Connection c) throws SQLException {
    return Set.copyOf(new HashSet<>(Sql.query(c, REVOKED, r -> r.getString(1))));
  }

  /** Revokes keys whose phones registered with the next one; returns their identifiers. */
  static Set<String> revokeReplaced(
      Connection c, int generation, Instant at, String by, String reason) throws SQLException {
    List<Object[]> rows =
        Sql.query(
            c,
            REPLACED,
            r -> new Object[] {r.getString(1), at, by, reason, r.getString(2)},
            generation);
    Sql.updateAll(c, REVOKE, rows);
    return rows.stream().map(row -> String.valueOf(row[0])).collect(Collectors.toSet());
  }

  private static KeyRecord row(ResultSet r) throws SQLException {
    return new KeyRecord(
        r.getString("key_identifier"),
        r.getInt("generation"),
        new Aor(r.getString("aor_user"), r.getString("aor_domain")),
        r.getString("realm"),
        Sql.maybe(r, "device"),
        r.getInt("line"),
        DigestAlgorithm.valueOf(r.getString("least_algorithm")),
        r.getString("profile"),
        Sql.maybe(r, "display_name"),
        r.getString("enrolment"),
        r.getInt("issue_counter"),
        Sql.instant(r, "issued_at"),
        Sql.maybeInstant(r, "registered_at"),
        revocation(r),
        Sql.maybe(r, "replaced_by"));
  }

  private static Optional<Revocation> revocation(ResultSet r) throws SQLException {
    Optional<Instant> at = Sql.maybeInstant(r, "revoked_at");
    if (at.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Revocation(
            at.get(), r.getString("revoked_by"), r.getString("reason"), Sql.maybe(r, "successor")));
  }
}
