package org.latchkey.store.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings a database to the schema of this build, and refuses one of a newer build. */
final class Schema {

  /** Every script there is, oldest first. A released script never changes. */
  private static final List<String> SCRIPTS =
      List.of("V1__records.sql", "V2__audit_chain.sql", "V3__generations.sql");

  private final List<String> scripts;

  Schema() {
    this(SCRIPTS);
  }

  Schema(List<String> scripts) {
    this.scripts = List.copyOf(scripts);
  }

  /**
   * Runs what has not been run yet.
   *
   * @return the version the database is at
   * @throws NewerSchemaException when the database has had scripts that this build doesn't know;
   *     nothing was changed
   */
  String bringUp(DataSource database) {
    Flyway flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .loggers(QuietFlywayLogs.class.getName())
            .dataSource(database)
            .locations(new String[0])
            .resourceProvider(new ScriptResources(scripts))
            .javaMigrationClassProvider(List::of)
            .ignoreMigrationPatterns(new String[0])
            .load();
    MigrationInfo[] all = flyway.info().all();
    if (any(all, s -> s == MigrationState.FUTURE_SUCCESS || s == MigrationState.FUTURE_FAILED)) {
      throw new NewerSchemaException(
          newest(Arrays.stream(all)),
          newest(Arrays.stream(all).filter(info -> info.getState().isResolved())));
    }
    if (any(all, MigrationState::isFailed)) {
      // Cut off by a full disk, say: H2 keeps what was created. The scripts can run again.
      flyway.repair();
    }
    flyway.migrate();
    return newest(Arrays.stream(all));
  }

  private static boolean any(MigrationInfo[] all, Predicate<MigrationState> test) {
    return Arrays.stream(all).map(MigrationInfo::getState).anyMatch(test);
  }

  private static String newest(Stream<MigrationInfo> infos) {
    return infos
        .map(MigrationInfo::getVersion)
        .max(Comparator.naturalOrder())
        .map(Object::toString)
        .orElse("0");
  }
}
