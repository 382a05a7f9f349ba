package org.latchkey.store.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.admission.Hold;
import org.latchkey.backup.Restoration;
import org.latchkey.files.LastingFiles;
import org.latchkey.key.Generation;
import org.latchkey.key.RequestRefusedException;

/** The database goes into a backup while it is written to, and comes back as it was. */
public class StoreBackupTest {

  private static final Restoration ABOUT =
      new Restoration("ben", "abcd-efgh", Instant.EPOCH, Set.of("keys", "store"));

  @Rule public final StoreRule store = new StoreRule();
  @Rule public final StoreRule fresh = new StoreRule();
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private Path staged;

  @Before
  public void aFolderForTheRestore() throws Exception {
    staged = temporary.getRoot().toPath().resolve("restore-1").resolve("store");
    Files.createDirectories(staged);
  }

  @Test
  public void allRecordsComeBackOnAnotherMachine() throws Exception {
    for (int i = 0; i < 300; i++) {
      store.holds().add(hold(i));
    }
    byte[] backup = backup(store);
    store.holds().add(hold(300));
    fresh.holds().add(hold(-1));
    new StoreBackup(fresh.database()).stage(new ByteArrayInputStream(backup), staged, ABOUT);
    takenOver(fresh);
    List<String> held = fresh.holds().holds().stream().map(Hold::keyIdentifier).sorted().toList();
    assertEquals(300, held.size());
    assertFalse(held.contains("key-1"));
    Path kept = fresh.file().file().resolveSibling("latchkey.mv.db.before-1");
    assertTrue("what was there is kept", Files.size(kept) > 0);
  }

  @Test
  public void aCopyMadeWhileOthersWriteIsWholeAndLeavesNothingBehind() throws Exception {
    AtomicBoolean goesOn = new AtomicBoolean(true);
    AtomicInteger written = new AtomicInteger();
    Thread writer =
        new Thread(
            () -> {
              while (goesOn.get()) {
                store.holds().add(hold(written.get()));
                written.incrementAndGet();
              }
            });
    writer.start();
    try {
      for (int i = 0; i < 5; i++) {
        int least = written.get();
        byte[] backup = backup(store);
        int most = written.get() + 1;
        Path each = Files.createDirectories(staged.resolveSibling("store" + i));
        new StoreBackup(fresh.database()).stage(new ByteArrayInputStream(backup), each, ABOUT);
        try (OpenDatabase copy =
            OpenDatabase.open(H2File.at(each.resolve("latchkey.mv.db")), new Schema(), 1)) {
          int holds =
              copy.run(
                      c -> Sql.query(c, "SELECT key_identifier FROM hold", r -> r.getString(1)),
                      false)
                  .size();
          assertTrue(least + " " + holds + " " + most, holds >= least && holds <= most);
        }
      }
    } finally {
      goesOn.set(false);
      writer.join();
    }
    try (Stream<Path> files = Files.list(store.directory())) {
      assertEquals(List.of("latchkey.mv.db"), files.map(f -> f.getFileName().toString()).toList());
    }
  }

  @Test
  public void aCopyThatAProcessLeftWhenItDiedIsRemovedAtTheNextStart() throws Exception {
    assertEquals("this start has done its own removing", List.of(), store.keys().generations());
    Path left = Files.createDirectory(store.directory().resolve(DatabaseCopy.DIRECTORY));
    Files.writeString(left.resolve("latchkey.mv.db"), "all records");
    store.restart();
    assertFalse(Files.exists(left));
  }

  @Test
  public void whatIsPutReadySaysItsGenerations() throws Exception {
    Generation first = Generation.created(1, "c0ffee", Instant.EPOCH, "latchkey");
    store.keys().addGeneration(first);
    StoreBackup part = new StoreBackup(fresh.database());
    assertEquals(List.of(), part.generations(staged));
    part.stage(new ByteArrayInputStream(backup(store)), staged, ABOUT);
    assertEquals(List.of(first), part.generations(staged));
  }

  @Test
  public void withoutThePartTheNodeBeginsWithAnEmptyStore() throws Exception {
    fresh.holds().add(hold(1));
    new StoreBackup(fresh.database()).stageWithout(staged, ABOUT);
    takenOver(fresh);
    assertEquals(List.of(), fresh.holds().holds());
  }

  @Test
  public void aDatabaseThatCannotBeOpenedIsNotTaken() throws Exception {
    byte[] backup = backup(store);
    byte[] half = Arrays.copyOf(backup, backup.length / 2);
    assertThrows(
        IOException.class,
        () ->
            new StoreBackup(fresh.database()).stage(new ByteArrayInputStream(half), staged, ABOUT));
  }

  @Test
  public void aStoreOfANewerBuildIsRefused() throws Exception {
    store.database().close();
    Schema tomorrow =
        new Schema(
            List.of(
                "V1__records.sql",
                "V2__audit_chain.sql",
                "V3__generations.sql",
                "V900__of_tomorrow.sql"));
    OpenDatabase.open(store.file(), tomorrow, 1).close();
    byte[] file = packed(store.file().file());
    String why =
        assertThrows(
                RequestRefusedException.class,
                () ->
                    new StoreBackup(fresh.database())
                        .stage(new ByteArrayInputStream(file), staged, ABOUT))
            .getMessage();
    assertTrue(why, why.contains("newer build"));
  }

  private static byte[] packed(Path file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      Files.copy(file, zip);
    }
    return out.toByteArray();
  }

  private static byte[] backup(StoreRule store) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(List.of(), new StoreBackup(store.database()).write(out));
    return out.toByteArray();
  }

  /** As the bundle's next start does it. */
  private void takenOver(StoreRule node) throws IOException {
    node.database().close();
    new LastingFiles(
            temporary.getRoot().toPath(), "store", Map.of("latchkey.mv.db", node.file().file()))
        .takeOver();
    node.restart();
  }

  private static Hold hold(int number) {
    return new Hold("key" + number, Hold.Kind.HELD, "why", "anna", Instant.EPOCH);
  }
}
