package org.latchkey.store.internal;

import static org.junit.Assert.assertFalse;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.StoreUnavailableException;

/** A store in a directory of its own, as the components make it. */
public final class StoreRule extends ExternalResource {
  static final long RETRY_MILLIS = 20;

  private final TemporaryFolder folder = new TemporaryFolder();
  private Database database;

  @Override
  protected void before() throws Throwable {
    folder.create();
    open();
  }

  @Override
  protected void after() {
    database.close();
    folder.delete();
  }

  Path directory() {
    return folder.getRoot().toPath().resolve("latchkey").resolve("store");
  }

  H2File file() {
    return H2File.of("jdbc:h2:file:" + directory().resolve("latchkey"));
  }

  Database database() {
    return database;
  }

  StoredKeys keys() {
    return new StoredKeys(database);
  }

  StoredHolds holds() {
    return new StoredHolds(database);
  }

  AuditTable audit() {
    return new AuditTable(database);
  }

  /** Ends the store and starts it again. */
  void restart() {
    database.close();
    open();
  }

  private void open() {
    database = new Database(file(), new Schema(), RETRY_MILLIS, 0);
  }

  /** Waits until the store answers again. */
  static void awaitAnswer(Database database) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < end) {
      try {
        new StoredKeys(database).generations();
        return;
      } catch (StoreUnavailableException e) {
        boolean never = new CountDownLatch(1).await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        assertFalse(never);
      }
    }
    throw new AssertionError("the store did not come back: " + database.status());
  }
}
