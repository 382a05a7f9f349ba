package org.latchkey.store.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.store.internal.Samples.enrolment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.status.StatusLine;

public class DatabaseTest {

  private static final long ENDING_MILLIS = 5_000;

  @Rule public final StoreRule store = new StoreRule();

  @Test
  public void onlyItsOwnerCanReadIt() throws Exception {
    store.database().close();
    Files.setPosixFilePermissions(store.directory(), PosixFilePermissions.fromString("rwxrwxr-x"));
    Files.setPosixFilePermissions(
        store.file().file(), PosixFilePermissions.fromString("rw-rw-r--"));
    store.restart();
    store.keys().addEnrolments(List.of(enrolment("e1")));

    assertEquals("rwx------", rights(store.directory()));
    try (Stream<Path> files = Files.list(store.directory())) {
      files.forEach(file -> assertEquals(file.toString(), "rw-------", rights(file)));
    }
  }

  @Test
  public void aHealthyStoreSaysWhereItIsAndThatItWrites() {
    StatusLine line = afterAnswer(store.database()).get(0);
    assertEquals(StatusLine.Level.OK, line.level());
    assertTrue(line.words(), line.words().contains(store.file().file() + " is open, schema 3"));
  }

  @Test
  public void littleFreeSpaceIsAWarning() {
    Database database = new Database(store.file(), new Schema(), 20, Integer.MAX_VALUE);
    try {
      store.database().close();
      StatusLine line = afterAnswer(database).get(0);
      assertEquals(StatusLine.Level.WARNING, line.level());
      assertTrue(line.words(), line.words().contains("MB are free"));
    } finally {
      database.close();
    }
  }

  @Test
  public void aFileThatAnotherProcessHoldsIsSaidAndTakenOnceItIsLetGo() throws Exception {
    store.database().close();
    try (FileChannel other = FileChannel.open(store.file().file(), StandardOpenOption.WRITE);
        FileLock lock = other.lock()) {
      assertTrue(lock.isValid());
      store.restart();
      assertAway("another process has " + store.file().file() + " open");
    }
    StoreRule.awaitAnswer(store.database());
  }

  @Test
  public void aDamagedFileIsSaidAndABackupInItsPlaceIsOpened() throws Exception {
    store.keys().addEnrolments(List.of(enrolment("e1")));
    store.database().close();
    byte[] good = Files.readAllBytes(store.file().file());
    Files.write(store.file().file(), "not a database, but a text\n".repeat(500).getBytes(US_ASCII));
    store.restart();
    assertAway("is damaged");

    Files.write(store.file().file(), good);
    StoreRule.awaitAnswer(store.database());
    assertEquals(Optional.of(enrolment("e1")), store.keys().enrolment("e1"));
  }

  @Test
  public void aFileThatVanishesIsNotReplacedByAnEmptyOne() throws Exception {
    store.keys().addEnrolments(List.of(enrolment("e1")));
    Path aside = store.directory().resolve("aside");
    Files.move(store.file().file(), aside);

    assertThrows(
        StoreUnavailableException.class,
        () -> store.keys().addEnrolments(List.of(enrolment("e2"))));
    assertAway("was removed or replaced");
    assertTrue(Files.notExists(store.file().file()));

    Files.move(aside, store.file().file());
    StoreRule.awaitAnswer(store.database());
    assertTrue(store.keys().enrolment("e1").isPresent());
  }

  @Test
  public void aDirectoryThatCannotBeMadeIsSaid() throws Exception {
    store.keys().generations();
    Path inTheWay = store.directory().resolve("in the way");
    Files.writeString(inTheWay, "a file");
    Database database = open("jdbc:h2:file:" + inTheWay.resolve("latchkey"));
    try {
      assertAway(database, "can't be written");
    } finally {
      database.close();
    }
  }

  @Test
  public void aSettingThatNamesNoFileIsSaid() {
    for (String url :
        new String[] {"jdbc:h2:mem:x", "", "jdbc:h2:file:/tmp/x;WRITE_DELAY=500", "/tmp/x"}) {
      Database database = open(url);
      try {
        assertAway(database, "url is not jdbc:h2:file: and a path");
      } finally {
        database.close();
      }
    }
  }

  @Test
  public void anInterruptedCallerHurtsNobody() {
    Thread.currentThread().interrupt();
    store.keys().addEnrolments(List.of(enrolment("e1")));
    assertTrue("the interrupt is kept", Thread.interrupted());
    assertEquals(1, store.keys().enrolments().size());
  }

  @Test
  public void nothingOfItStaysBehindInTheJvm() throws InterruptedException {
    store.keys().enrolments();
    store.database().close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = thread.getName();
      if (name.contains("latchkey-store") || name.contains("H2") || name.contains("MVStore")) {
        // One that has been told to end may take a moment.
        thread.join(ENDING_MILLIS);
        assertFalse(name, thread.isAlive());
      }
    }
    assertFalse(DriverManager.drivers().anyMatch(d -> d.getClass().getName().startsWith("org.h2")));
  }

  @Test
  public void aStoppedStoreSaysSo() {
    store.database().close();
    assertAway("has been stopped");
  }

  private static Database open(String url) {
    return new Database(H2File.of(url), new Schema(), StoreRule.RETRY_MILLIS, 0);
  }

  private static List<StatusLine> afterAnswer(Database database) {
    new StoredKeys(database).generations();
    return database.status();
  }

  private void assertAway(String why) {
    assertAway(store.database(), why);
  }

  private static void assertAway(Database database, String why) {
    StoreUnavailableException e =
        assertThrows(StoreUnavailableException.class, () -> new StoredKeys(database).generations());
    assertTrue(e.getMessage(), e.getMessage().contains(why));
    StatusLine line = database.status().get(0);
    assertEquals(StatusLine.Level.FAULT, line.level());
    assertTrue(line.words(), line.words().contains(why));
    assertFalse(line.next().isEmpty());
  }

  private static String rights(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
