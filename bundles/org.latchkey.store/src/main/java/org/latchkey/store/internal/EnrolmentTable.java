package org.latchkey.store.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;

/** The table {@code enrolment}. */
final class EnrolmentTable {

  private static final String SELECT =
      """
      SELECT id, aor_user, aor_domain, device, line, display_name, approval, code_kind, code_hash,
             created_by, created_at, expires_at, tries_left, key_identifier
        FROM enrolment
      """;

  private static final String INSERT =
      """
      INSERT INTO enrolment
             (id, aor_user, aor_domain, device, line, display_name, approval, code_kind, code_hash,
              created_by, created_at, expires_at, tries_left, key_identifier)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** The key and the tries left are guarded: a slower thread's older copy can't undo them. */
  private static final String UPDATE =
      """
      UPDATE enrolment
         SET aor_user = ?, aor_domain = ?, device = ?, line = ?, display_name = ?, approval = ?,
             code_kind = ?, code_hash = ?, created_by = ?, created_at = ?, expires_at = ?,
             tries_left = LEAST(tries_left, ?), key_identifier = COALESCE(key_identifier, ?)
       WHERE id = ?
      """;

  private static final String LED_TO =
      "UPDATE enrolment SET key_identifier = ? WHERE id = ? AND key_identifier IS NULL";

  private static final String LED_ON =
      "UPDATE enrolment SET key_identifier = ? WHERE id = ? AND key_identifier = ?";

  private static final String END =
      "UPDATE enrolment SET expires_at = ? WHERE id = ? AND key_identifier IS NULL AND expires_at > ?";

  private static final String CODE_HASH =
      "UPDATE enrolment SET code_hash = ? WHERE id = ? AND code_hash = ?";

  private EnrolmentTable() {}

  static void add(Connection c, List<Enrolment> enrolments) throws SQLException {
    Sql.updateAll(c, INSERT, enrolments.stream().map(EnrolmentTable::values).toList());
  }

  static Optional<Enrolment> byId(Connection c, String id) throws SQLException {
    return Sql.first(c, SELECT + "WHERE id = ?", EnrolmentTable::row, id);
  }

  static Optional<Enrolment> byCodeHash(Connection c, String codeHash) throws SQLException {
    String sql = SELECT + "WHERE code_hash = ? ORDER BY place DESC LIMIT 1";
    return Sql.first(c, sql, EnrolmentTable::row, codeHash);
  }

  static List<Enrolment> byDevice(Connection c, String device) throws SQLException {
    String sql = SELECT + "WHERE device = ? ORDER BY place DESC";
    return Sql.query(c, sql, EnrolmentTable::row, device);
  }

  static List<Enrolment> all(Connection c) throws SQLException {
    return Sql.query(c, SELECT + "ORDER BY place DESC", EnrolmentTable::row);
  }

  static int replace(Connection c, Enrolment e) throws SQLException {
    return Sql.update(
        c,
        UPDATE,
        e.aor().user(),
        e.aor().domain(),
        e.device(),
        e.line(),
        e.displayName(),
        e.approval(),
        e.codeKind(),
        e.codeHash(),
        e.createdBy(),
        e.createdAt(),
        e.expiresAt(),
        e.triesLeft(),
        e.keyIdentifier(),
        e.id());
  }

  static int replaceCodeHash(Connection c, String id, String before, String next)
      throws SQLException {
    return Sql.update(c, CODE_HASH, next, id, before);
  }

  /** Notes the key; false when there is no such enrolment, or it has led to a key already. */
  static boolean ledTo(Connection c, String id, String keyIdentifier) throws SQLException {
    return Sql.update(c, LED_TO, keyIdentifier, id) == 1;
  }

  /** Notes the key that replaces another; false when the enrolment has not led to that one. */
  static boolean ledOn(Connection c, String id, String before, String after) throws SQLException {
    return Sql.update(c, LED_ON, after, id, before) == 1;
  }

  /** Ends the window of one that has led to no key. */
  static int end(Connection c, String id, Instant at) throws SQLException {
    return Sql.update(c, END, at, id, at);
  }

  private static Object[] values(Enrolment e) {
    return new Object[] {
      e.id(),
      e.aor().user(),
      e.aor().domain(),
      e.device(),
      e.line(),
      e.displayName(),
      e.approval(),
      e.codeKind(),
      e.codeHash(),
      e.createdBy(),
      e.createdAt(),
      e.expiresAt(),
      e.triesLeft(),
      e.keyIdentifier()
    };
  }

  private static Enrolment row(ResultSet r) throws SQLException {
    return new Enrolment(
        r.getString("id"),
        new Aor(r.getString("aor_user"), r.getString("aor_domain")),
        Sql.maybe(r, "device"),
        r.getInt("line"),
        Sql.maybe(r, "display_name"),
        r.getBoolean("approval"),
        CodeKind.valueOf(r.getString("code_kind")),
        r.getString("code_hash"),
        r.getString("created_by"),
        Sql.instant(r, "created_at"),
        Sql.instant(r, "expires_at"),
        r.getInt("tries_left"),
        Sql.maybe(r, "key_identifier"));
  }
}
