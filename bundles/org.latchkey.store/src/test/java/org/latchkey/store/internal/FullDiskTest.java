package org.latchkey.store.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.store.internal.Samples.append;
import static org.latchkey.store.internal.Samples.enrolment;
import static org.latchkey.store.internal.Samples.entry;
import static org.latchkey.store.internal.Samples.key;

import java.nio.file.Path;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.AuditQuery;
import org.latchkey.key.Enrolment;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.status.StatusLine;

public class FullDiskTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Database database;

  @Before
  public void start() {
    database = storeAt(folder.getRoot().toPath().resolve("a"));
  }

  @After
  public void stop() {
    FailingDisk.hasSpaceAgain();
    database.close();
  }

  @Test
  public void aFullDiskIsSaidAndOnceThereIsSpaceAllGoesOn() throws Exception {
    StoredKeys keys = new StoredKeys(database);
    AuditTable audit = new AuditTable(database);
    keys.addEnrolments(List.of(enrolment("e1")));
    append(audit, entry("enrolment.created", "1001@a"));

    FailingDisk.fullAfter(0);
    StoreUnavailableException refused =
        assertThrows(
            StoreUnavailableException.class, () -> keys.addEnrolments(List.of(enrolment("e2"))));
    assertTrue(refused.getMessage(), refused.getMessage().contains("is full"));
    assertThrows(
        StoreUnavailableException.class, () -> append(audit, entry("key.issued", "1001@a")));
    StatusLine line = database.status().get(0);
    assertEquals(StatusLine.Level.FAULT, line.level());
    assertTrue(line.next(), line.next().contains("Free some space"));

    FailingDisk.hasSpaceAgain();
    StoreRule.awaitAnswer(database);
    assertEquals(List.of(enrolment("e1")), keys.enrolments());
    append(audit, entry("key.issued", "1001@a"));
    assertEquals(2, audit.search(new AuditQuery("", "", 0, 10)).get(0).number());
    keys.addEnrolments(List.of(enrolment("e2")));
  }

  /** Wherever the disk fails within a change, the change is whole or not there. */
  @Test
  public void aChangeThatFailsHalfWayIsDoneWholeOrNotAtAll() throws Exception {
    StoredKeys keys = new StoredKeys(database);
    for (int writes = 0; writes < 12; writes++) {
      Enrolment enrolment = enrolment("e" + writes);
      keys.addEnrolments(List.of(enrolment));
      FailingDisk.fullAfter(writes);
      boolean answered = issues(keys, enrolment, "key" + writes);
      FailingDisk.hasSpaceAgain();
      StoreRule.awaitAnswer(database);

      boolean issued = keys.key("key" + writes).isPresent();
      assertEquals(
          issued, keys.enrolment(enrolment.id()).orElseThrow().keyIdentifier().isPresent());
      assertTrue("acknowledged and lost after " + writes, issued || !answered);
      if (!issued) {
        assertTrue(issues(keys, enrolment, "key" + writes));
      }
    }
  }

  /** Wherever the disk fails within the very first start, the next try makes it good. */
  @Test
  public void aFirstStartThatIsCutOffAnywhereIsMadeGoodByTheNextTry() throws Exception {
    boolean cutOff = true;
    for (int writes = 0; cutOff; writes += 4) {
      FailingDisk.fullAfter(writes);
      Database fresh = storeAt(folder.getRoot().toPath().resolve("first" + writes));
      try {
        cutOff = !answers(fresh);
        FailingDisk.hasSpaceAgain();
        StoreRule.awaitAnswer(fresh);
        new StoredKeys(fresh).addEnrolments(List.of(enrolment("e1")));
        append(new AuditTable(fresh), entry("enrolment.created", "1001@a"));
        assertEquals(1, new StoredKeys(fresh).enrolments().size());
      } finally {
        FailingDisk.hasSpaceAgain();
        fresh.close();
      }
    }
  }

  /** The same for a start that brings the schema of an older build up to this one's. */
  @Test
  public void anUpgradeThatIsCutOffAnywhereIsMadeGoodByTheNextTry() throws Exception {
    boolean cutOff = true;
    for (int writes = 0; cutOff; writes++) {
      Path directory = folder.getRoot().toPath().resolve("old" + writes);
      Database old = storeAt(directory, Samples.OLD_SCHEMA);
      old.change(c -> Sql.update(c, Samples.OLD_AUDIT_ROW));
      old.close();
      FailingDisk.fullAfter(writes);
      Database upgraded = storeAt(directory);
      try {
        cutOff = !answers(upgraded);
        FailingDisk.hasSpaceAgain();
        StoreRule.awaitAnswer(upgraded);
        AuditTable audit = new AuditTable(upgraded);
        append(audit, entry("key.revoked", "1001@a"));
        assertEquals(2, audit.search(new AuditQuery("", "", 0, 10)).size());
      } finally {
        FailingDisk.hasSpaceAgain();
        upgraded.close();
      }
    }
  }

  private static boolean answers(Database database) {
    try {
      return new StoredKeys(database).enrolments().isEmpty();
    } catch (StoreUnavailableException e) {
      assertTrue(e.getMessage(), e.getMessage().contains("is full"));
      return false;
    }
  }

  private static boolean issues(StoredKeys keys, Enrolment enrolment, String keyIdentifier) {
    try {
      return keys.issue(key(keyIdentifier, enrolment), enrolment);
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  private static Database storeAt(Path directory) {
    return storeAt(directory, new Schema());
  }

  private static Database storeAt(Path directory, Schema schema) {
    H2File real = H2File.of("jdbc:h2:file:" + directory.resolve("latchkey"));
    return new Database(FailingDisk.below(real), schema, StoreRule.RETRY_MILLIS, 0);
  }
}
