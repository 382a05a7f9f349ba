package org.latchkey.store.internal;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.Driver;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.latchkey.files.LastingFiles;

/**
 * The embedded database's one file, in a directory that only its owner can enter.
 *
 * @param url where H2 finds it, without options
 * @param file the file itself
 * @param mistake what is wrong with the setting that named it; then it is never touched
 */
record H2File(String url, Path file, Optional<String> mistake) {

  static final String ENDING = ".mv.db";

  /** What a backup calls this part, and the file in it. */
  static final String PART = "store";

  static final String IN_BACKUP = "latchkey" + ENDING;

  private static final String PREFIX = "jdbc:h2:file:";
  private static final int LEAST_FILL_PERCENT = 60;
  private static final int TIDY_BYTES = 4_000_000;
  private static final int LONGEST_LOCK_MILLIS = 10_000;
  private static final int LONGEST_CONNECT_MILLIS = 10_000;

  /**
   * WRITE_DELAY: at its default H2 loses the last half second of commits when the JVM dies.
   * RETENTION_TIME: space that is no longer used is written again after ten seconds, which is many
   * syncs later; at its default of 45 the file grows with every change of the last 45 seconds.
   * DB_CLOSE_ON_EXIT: the component closes it; H2's own shutdown hook would come too early.
   * TRACE_LEVEL_FILE: no second file that nobody looks at. MAX_MEMORY_ROWS: a long answer is not
   * spilled into a temporary file elsewhere.
   */
  private static final String OPTIONS =
      ";WRITE_DELAY=0;RETENTION_TIME=10000;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;MAX_MEMORY_ROWS=1000000"
          + ";LOCK_TIMEOUT="
          + LONGEST_LOCK_MILLIS;

  private static final Set<PosixFilePermission> OWNER_DIRECTORY =
      Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);
  private static final Set<PosixFilePermission> OWNER_FILE = Set.of(OWNER_READ, OWNER_WRITE);

  /**
   * The file that a setting names.
   *
   * @param setting {@code jdbc:h2:file:} and a path, in which <code>${karaf.base}</code> may stand
   */
  static H2File of(String setting) {
    String base = System.getProperty("karaf.base", ".");
    String path = setting.replaceFirst("^" + PREFIX, "").replace("${karaf.base}", base);
    Path name = Path.of(path).toAbsolutePath().normalize();
    boolean good = setting.startsWith(PREFIX) && !path.isBlank() && path.indexOf(';') < 0;
    Optional<String> mistake =
        good ? Optional.empty() : Optional.of("url is not jdbc:h2:file: and a path: " + setting);
    return new H2File(PREFIX + name, Path.of(name + ENDING), mistake);
  }

  /** A file that has its ending. */
  static H2File at(Path file) {
    String path = file.toAbsolutePath().toString();
    return new H2File(
        PREFIX + path.substring(0, path.length() - ENDING.length()), file, Optional.empty());
  }

  /** What a restore replaces. */
  LastingFiles files() {
    Path base = Path.of(System.getProperty("karaf.base", "."), "latchkey");
    return new LastingFiles(base, PART, Map.of(IN_BACKUP, file));
  }

  /** Copies a database that is open into a ZIP file, as it is now. */
  static Void archive(Connection connection, Path archive) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BACKUP TO '" + archive.toString().replace("'", "''") + "'");
      return null;
    }
  }

  /** Makes the directory and an empty file, both for their owner alone; H2 would ask the umask. */
  void prepare() throws IOException {
    if (mistake.isPresent()) {
      throw new MistakenSettingException(mistake.get());
    }
    Path directory = directory();
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
    if (!Files.getPosixFilePermissions(directory).equals(OWNER_DIRECTORY)) {
      Files.setPosixFilePermissions(directory, OWNER_DIRECTORY);
    }
    if (Files.notExists(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_FILE));
      try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
        entry.force(true);
      }
    } else if (!Files.getPosixFilePermissions(file).equals(OWNER_FILE)) {
      Files.setPosixFilePermissions(file, OWNER_FILE);
    }
  }

  /** Where connections come from; H2's class is named, so that no driver is looked up anywhere. */
  DataSource connections() {
    JdbcDataSource database = new JdbcDataSource();
    // The data source has registered a driver for the whole JVM, which would outlive this bundle.
    Driver.unload();
    database.setURL(url + OPTIONS);
    database.setUser("latchkey");
    return database;
  }

  /** A pool of connections to a database that is known to open. */
  static HikariDataSource pool(DataSource database, int connections) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("latchkey-store");
    pool.setDataSource(database);
    pool.setAutoCommit(false);
    pool.setMaximumPoolSize(connections);
    pool.setConnectionTimeout(LONGEST_CONNECT_MILLIS);
    // Connections to a file don't age, and the last one to go would close the database.
    pool.setMaxLifetime(0);
    pool.setIdleTimeout(0);
    pool.setKeepaliveTime(0);
    return new HikariDataSource(pool);
  }

  /**
   * Gathers what is still used of half-empty parts of the file, so that their space is used again.
   * H2 does so in the thread that a WRITE_DELAY of 0 leaves out; without it the file grows by every
   * change until the next restart.
   */
  static void tidy(Connection connection) throws SQLException {
    Session session = connection.unwrap(JdbcConnection.class).getSession();
    if (session instanceof SessionLocal local) {
      local.getDatabase().getStore().getMvStore().compact(LEAST_FILL_PERCENT, TIDY_BYTES);
    }
  }

  Path directory() {
    return file.resolveSibling("").toAbsolutePath();
  }

  /** What tells this file from another of the same name: the inode; null when it isn't there. */
  @Nullable Object identity() throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
