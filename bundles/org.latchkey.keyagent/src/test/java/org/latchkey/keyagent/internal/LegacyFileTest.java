package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Aor;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;

/** The file with the phones' secrets, while it is written. */
public class LegacyFileTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private Path file;
  private Path part;

  @Before
  public void aName() throws Exception {
    file = temporary.getRoot().toPath().toRealPath().resolve("phones.csv");
    part = file.resolveSibling("phones.csv.part");
  }

  /** A table of one line, in the middle of which something happens. */
  private static final class Table extends LegacyTable {
    private final Runnable meanwhile;

    Table(Runnable meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    void extension(LegacyWriter out, LegacyExtension extension, Secrets secrets)
        throws IOException {
      out.text("half of it\n").finish();
      meanwhile.run();
    }
  }

  private void write(Runnable meanwhile) throws IOException {
    LegacyExtension one = new LegacyExtension("1001", new Aor("1001", "localhost"), List.of());
    LegacyFile.write(file, List.of(one), new Table(meanwhile), key -> Secret.ofText(""));
  }

  @Test
  public void whatIsNotWholeIsNotThereUnderItsName() throws Exception {
    write(
        () -> {
          assertFalse(Files.exists(file));
          assertEquals("rw-------", permissions(part));
        });
    assertEquals("half of it\n", Files.readString(file));
    assertEquals("rw-------", permissions(file));
    assertFalse(Files.exists(part));
  }

  @Test
  public void whoIsKilledLeavesAPartThatStatusTellsOfAndTheNextExportNames() throws Exception {
    LegacyFiles noted = new LegacyFiles(file.resolveSibling("latchkey"));
    noted.note(List.of(part, file));
    assertThrows(
        Killed.class,
        () ->
            write(
                () -> {
                  throw new Killed();
                }));
    assertFalse(Files.exists(file));
    assertEquals(List.of(part), noted.present());
    String why =
        assertThrows(RequestRefusedException.class, () -> LegacyFile.free(file)).getMessage();
    assertTrue(why, why.contains("phones.csv.part, which an export that was cut off has left"));
  }

  @Test
  public void whatFailsLeavesNothing() {
    assertThrows(
        IllegalStateException.class,
        () ->
            write(
                () -> {
                  throw new IllegalStateException("no secret");
                }));
    assertFalse(Files.exists(file) || Files.exists(part));
  }

  @Test
  public void whatSomebodyPutsThereMeanwhileStays() throws Exception {
    assertThrows(
        IOException.class,
        () ->
            write(
                () -> {
                  try {
                    Files.writeString(file, "mine");
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                }));
    assertEquals("mine", Files.readString(file));
    assertFalse(Files.exists(part));
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Nothing that anybody expects, as when a process ends. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
