package org.latchkey.files;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Files go into a backup together, and a restore replaces them together. */
public class LastingFilesTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private Path base;
  private LastingFiles files;

  @Before
  public void aFolder() throws Exception {
    base = temporary.getRoot().toPath().toRealPath().resolve("latchkey");
    Files.createDirectory(base);
    files = LastingFiles.of(base, "keys", base, "one", "two", "three");
  }

  @Test
  public void whatWasCopiedTakesTheirPlaceAndWhatWasThereIsKept() throws Exception {
    write("one", "old 1");
    write("two", "old 2");
    byte[] copy = copy();
    write("one", "new 1");
    Files.delete(base.resolve("two"));
    write("three", "new 3");
    staged(copy, "restore-X");
    assertTrue(LastingFiles.isRestorePending(base));
    assertEquals("nothing is in force yet", "new 1", read("one"));
    files.takeOver();
    assertEquals("old 1", read("one"));
    assertEquals("old 2", read("two"));
    assertFalse("the backup has none", Files.exists(base.resolve("three")));
    assertEquals("new 1", read("one.before-X"));
    assertEquals("new 3", read("three.before-X"));
    assertFalse(LastingFiles.isRestorePending(base));
    assertFalse(Files.exists(base.resolve("restore-X")));
    files.takeOver();
    assertEquals("old 1", read("one"));
  }

  @Test
  public void restoredFilesAreForTheirOwnerAlone() throws Exception {
    write("one", "old");
    staged(copy(), "restore-X");
    files.takeOver();
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(base.resolve("one"))));
  }

  @Test
  public void aTakeoverCutOffAfterAnyStepGoesOn() throws Exception {
    write("one", "old 1");
    write("two", "old 2");
    byte[] copy = copy();
    for (int step = 0; step < 4; step++) {
      write("one", "new 1");
      write("two", "new 2");
      write("three", "new 3");
      String restore = "restore-" + step;
      Path staged = staged(copy, restore);
      if (step >= 1) {
        Files.move(base.resolve("one"), base.resolve("one.before-" + step));
      }
      if (step >= 2) {
        Files.move(staged.resolve("one"), base.resolve("one"));
      }
      if (step >= 3) {
        Files.move(base.resolve("three"), base.resolve("three.before-" + step));
      }
      files.takeOver();
      assertEquals("old 1", read("one"));
      assertEquals("old 2", read("two"));
      assertFalse(Files.exists(base.resolve("three")));
      assertEquals("new 1", read("one.before-" + step));
      assertEquals("new 2", read("two.before-" + step));
      assertEquals("new 3", read("three.before-" + step));
      assertFalse(Files.exists(base.resolve(restore)));
    }
  }

  @Test
  public void aPartTakesOverItsOwnFilesAlone() throws Exception {
    write("one", "old");
    Path staged = staged(copy(), "restore-X");
    Path other = staged.resolveSibling("store");
    OwnerFiles.folder(other);
    OwnerFiles.write(other.resolve("db"), new ByteArrayInputStream(new byte[] {1}));
    files.takeOver();
    assertTrue("the other part has not started", LastingFiles.isRestorePending(base));
    Path elsewhere = base.resolve("elsewhere").resolve("db");
    new LastingFiles(base, "store", Map.of("db", elsewhere)).takeOver();
    assertEquals(1, Files.size(elsewhere));
    assertFalse(LastingFiles.isRestorePending(base));
  }

  @Test
  public void aLinkIsNotFollowedAndAStrangeFileNotTaken() throws Exception {
    write("one", "old");
    byte[] copy = copy();
    Files.createSymbolicLink(base.resolve("two"), base.resolve("one"));
    assertThrows(IOException.class, this::copy);
    LastingFiles others = LastingFiles.of(base, "keys", base, "two");
    Path folder = base.resolve("staged");
    OwnerFiles.folder(folder);
    assertThrows(IOException.class, () -> others.stage(new ByteArrayInputStream(copy), folder));
  }

  private byte[] copy() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.copyTo(out);
    return out.toByteArray();
  }

  private Path staged(byte[] copy, String restore) throws IOException {
    OwnerFiles.folder(base.resolve(restore));
    Path staged = base.resolve(restore).resolve("keys");
    OwnerFiles.folder(staged);
    files.stage(new ByteArrayInputStream(copy), staged);
    return staged;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(base.resolve(name), text);
  }

  private String read(String name) throws IOException {
    return Files.readString(base.resolve(name));
  }
}
