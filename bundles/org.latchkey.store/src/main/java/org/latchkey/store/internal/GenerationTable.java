package org.latchkey.store.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;

/** The tables {@code generation} and {@code generation_state}. */
final class GenerationTable {

  private static final String SELECT =
      """
      SELECT g.number, g.check_value, g.created_at, g.enterprise,
             s.state, s.since, s.compromised, s.cut_off
        FROM generation g JOIN generation_state s ON s.number = g.number
       ORDER BY g.number
      """;
  private static final String INSERT =
      "INSERT INTO generation (number, check_value, created_at, enterprise) VALUES (?, ?, ?, ?)";
  private static final String INSERT_STATE =
      """
      INSERT INTO generation_state (number, state, since, compromised, cut_off)
      VALUES (?, ?, ?, ?, ?)
      """;

  /** Only from its own state or the one before: no state is left out. */
  private static final String ADVANCE =
      """
      UPDATE generation_state SET state = ?, since = ?, compromised = ?, cut_off = ?
       WHERE number = ? AND state IN (?, ?)
      """;

  private static final String ISSUING =
      "SELECT number FROM generation_state WHERE state = 'ISSUING'";

  private GenerationTable() {}

  static List<Generation> all(Connection c) throws SQLException {
    return Sql.query(c, SELECT, GenerationTable::row);
  }

  static int add(Connection c, Generation g) throws SQLException {
    Sql.update(c, INSERT, g.number(), g.checkValue(), g.createdAt(), g.enterprise());
    return Sql.update(
        c, INSERT_STATE, g.number(), g.state(), g.since(), g.compromised(), g.cutOff());
  }

  /**
   * Keeps these as they are now.
   *
   * @throws IllegalArgumentException when that would leave out a state, or two would issue
   */
  static int advance(Connection c, List<Generation> generations) throws SQLException {
    for (Generation g : generations) {
      State before = g.state().before().orElse(g.state());
      Object[] values = {
        g.state(), g.since(), g.compromised(), g.cutOff(), g.number(), g.state(), before
      };
      if (Sql.update(c, ADVANCE, values) != 1) {
        throw new IllegalArgumentException(
            "generation " + g.number() + " is not one that can become " + g.state());
      }
    }
    if (Sql.query(c, ISSUING, r -> r.getInt(1)).size() > 1) {
      throw new IllegalArgumentException("two generations would issue");
    }
    return generations.size();
  }

  private static Generation row(ResultSet r) throws SQLException {
    return new Generation(
        r.getInt("number"),
        r.getString("check_value"),
        Sql.instant(r, "created_at"),
        r.getString("enterprise"),
        State.valueOf(r.getString("state")),
        Sql.instant(r, "since"),
        r.getBoolean("compromised"),
        r.getBoolean("cut_off"));
  }
}
