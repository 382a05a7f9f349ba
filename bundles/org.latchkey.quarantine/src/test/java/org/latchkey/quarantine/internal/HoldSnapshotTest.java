package org.latchkey.quarantine.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.admission.Hold;

public class HoldSnapshotTest {

  private static final List<Hold> HOLDS =
      List.of(
          new Hold(
              "kabc",
              Hold.Kind.HELD,
              "stolen:\n\"end 0\" + 100 % sürë 😀",
              "admin@office one",
              Instant.parse("2026-11-25T10:00:00.123456789Z")),
          new Hold("kabc", Hold.Kind.AWAITS_APPROVAL, "", "", Instant.EPOCH));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path file;
  private HoldSnapshot snapshot;

  @Before
  public void aFileThatIsNotThereYet() {
    file = folder.getRoot().toPath().resolve("latchkey/holds");
    snapshot = new HoldSnapshot(file);
  }

  @Test
  public void whatWasWrittenIsRead() throws IOException {
    assertEquals(Optional.empty(), snapshot.read());
    snapshot.write(HOLDS);
    assertEquals(Optional.of(HOLDS), snapshot.read());
    snapshot.write(List.of());
    assertEquals(Optional.of(List.of()), snapshot.read());
  }

  @Test
  public void onlyTheOwnerMayReadItAndNothingIsLeftBeside() throws IOException {
    snapshot.write(HOLDS);
    snapshot.write(HOLDS);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    assertEquals(1, folder.getRoot().toPath().resolve("latchkey").toFile().list().length);
  }

  @Test
  public void aFileCutShortAnywhereIsNotBelieved() throws IOException {
    snapshot.write(HOLDS);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThrows("at " + length, IOException.class, snapshot::read);
    }
  }

  @Test
  public void aDamagedFileIsNotBelieved() throws IOException {
    snapshot.write(HOLDS);
    String whole = Files.readString(file);
    for (String damaged :
        List.of(
            whole.replace("HELD", "HELT"),
            whole.replace("2026", "20x6"),
            whole.replace("holds 1", "holds 2"),
            whole.replace("kabc", "kabc%zz"),
            whole.replace("end 2", "end 3"),
            whole + "more\n")) {
      Files.writeString(file, damaged);
      assertThrows(damaged, IOException.class, snapshot::read);
    }
  }

  @Test
  public void aLinkOrAFileThatOthersMayWriteIsNotBelieved() throws IOException {
    snapshot.write(HOLDS);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw--w----"));
    assertThrows(IOException.class, snapshot::read);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Path elsewhere = file.resolveSibling("elsewhere");
    Files.move(file, elsewhere);
    Files.createSymbolicLink(file, elsewhere);
    assertThrows(IOException.class, snapshot::read);
    snapshot.write(List.of());
    assertFalse(Files.isSymbolicLink(file));
    assertEquals(Optional.of(List.of()), snapshot.read());
    assertEquals(Optional.of(HOLDS), new HoldSnapshot(elsewhere).read());
  }

  @Test
  public void whatAKilledProcessLeftBesideItIsNoObstacle() throws IOException {
    snapshot.write(HOLDS);
    Files.writeString(file.resolveSibling("holds.new"), "half");
    snapshot.write(List.of());
    assertEquals(Optional.of(List.of()), snapshot.read());
    assertFalse(Files.exists(file.resolveSibling("holds.new"), LinkOption.NOFOLLOW_LINKS));
  }
}
