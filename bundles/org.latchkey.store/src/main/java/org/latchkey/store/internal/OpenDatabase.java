package org.latchkey.store.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database that is open, at the schema of this build, and has been written to. It runs
 * transactions whose commits are on the disk when they return.
 */
final class OpenDatabase implements AutoCloseable {

  private static final String WRITE_CHECK = "UPDATE write_check SET checked_at = CURRENT_TIMESTAMP";

  private final H2File file;
  private final HikariDataSource pool;
  private final @Nullable Object identity;
  private final String schema;
  private final AtomicLong commits = new AtomicLong();
  private final Object syncLock = new Object();
  private long synced;
  private volatile long tidied;

  private OpenDatabase(H2File file, HikariDataSource pool, String schema) throws IOException {
    this.file = file;
    this.pool = pool;
    this.schema = schema;
    this.identity = file.identity();
  }

  /**
   * Opens, brings the schema up, and writes once, so that a database that can't be written isn't
   * called open. The pool comes last: it has much to say in the log of a database that fails.
   */
  static OpenDatabase open(H2File file, Schema schema, int connections)
      throws IOException, SQLException {
    file.prepare();
    DataSource source = file.connections();
    try (Connection first = source.getConnection()) {
      String version = schema.bringUp(source);
      Sql.update(first, WRITE_CHECK);
      sync(first);
      return new OpenDatabase(file, H2File.pool(source, connections), version);
    }
  }

  /** The version of its schema. */
  String schema() {
    return schema;
  }

  /** Writes one row, all the way to the disk. */
  void checkWriting() throws SQLException {
    run(c -> Sql.update(c, WRITE_CHECK), true);
  }

  /** Runs one transaction; when {@code changes}, it is on the disk on return. */
  <T> T run(Work<T> work, boolean changes) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      T result;
      try {
        result = work.on(connection);
        connection.commit();
      } catch (SQLException | RuntimeException | Error e) {
        undo(connection, e);
        throw e;
      }
      if (changes) {
        syncTogether(connection);
      }
      return result;
    }
  }

  /**
   * Has the operating system write what was committed: H2 hands a commit to it and leaves the rest
   * to chance. Transactions that end together share one such wait.
   */
  private void syncTogether(Connection connection) throws SQLException {
    long mine = commits.incrementAndGet();
    synchronized (syncLock) {
      if (synced >= mine) {
        return;
      }
      long all = commits.get();
      sync(connection);
      checkFile();
      synced = all;
    }
  }

  private static void sync(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    }
  }

  /** What is written to a file that was removed or replaced would be gone with the process. */
  private void checkFile() throws SQLException {
    try {
      if (Objects.equals(identity, file.identity())) {
        return;
      }
    } catch (IOException e) {
      throw new SQLException("can't see " + file.file(), e);
    }
    throw new SQLException("the database file is gone", new VanishedException(file.file()));
  }

  /** Keeps the file from growing without need, if anything was changed since it did so last. */
  void tidy() throws SQLException {
    long now = commits.get();
    if (now == tidied) {
      return;
    }
    tidied = now;
    try (Connection connection = pool.getConnection()) {
      H2File.tidy(connection);
    }
  }

  private static void undo(Connection connection, Throwable e) {
    try {
      connection.rollback();
    } catch (SQLException again) {
      e.addSuppressed(again);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
