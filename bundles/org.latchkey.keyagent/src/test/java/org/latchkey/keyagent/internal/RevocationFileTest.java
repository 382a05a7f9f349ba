package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.Prf;

public class RevocationFileTest {

  private static final RevocationFile.Snapshot SNAPSHOT =
      new RevocationFile.Snapshot(
          Instant.parse("2026-11-25T12:00:00.123456Z"), Set.of("k010aaaa", "k010bbbb"));

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private Path path;
  private RevocationFile file;

  @Before
  public void aFolder() {
    Path folder = temporary.getRoot().toPath().resolve("latchkey");
    path = folder.resolve("revocations");
    file = new RevocationFile(folder, "latchkey");
  }

  @Test
  public void whatWasWrittenIsReadBack() throws Exception {
    file.write(keys(1), SNAPSHOT);
    assertEquals(Optional.of(SNAPSHOT), file.read(keys(1)));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  public void anEmptyOneIsSignedToo() throws Exception {
    RevocationFile.Snapshot none = new RevocationFile.Snapshot(SNAPSHOT.takenAt(), Set.of());
    file.write(keys(1), none);
    assertEquals(Optional.of(none), file.read(keys(1)));
  }

  @Test
  public void aForeignMasterKeyOrEnterpriseDoesNotVerifyIt() throws Exception {
    file.write(keys(1), SNAPSHOT);
    assertEquals(Optional.empty(), file.read(keys(2)));
    RevocationFile renamed = new RevocationFile(path.getParent(), "other");
    assertEquals(Optional.empty(), renamed.read(keys(1)));
  }

  @Test
  public void noChangedByteAndNoMissingEndGetsThrough() throws Exception {
    file.write(keys(1), SNAPSHOT);
    byte[] right = Files.readAllBytes(path);
    for (int i = 0; i < right.length; i++) {
      byte[] changed = right.clone();
      changed[i] ^= 1;
      Files.write(path, changed);
      assertEquals("byte " + i, Optional.empty(), file.read(keys(1)));
      Files.write(path, java.util.Arrays.copyOf(right, i));
      assertEquals("cut at " + i, Optional.empty(), file.read(keys(1)));
    }
  }

  @Test
  public void aShortenedListDoesNotVerify() throws Exception {
    file.write(keys(1), SNAPSHOT);
    String text = Files.readString(path, StandardCharsets.UTF_8);
    Files.writeString(path, text.replace("k010bbbb\n", ""));
    assertEquals(Optional.empty(), file.read(keys(1)));
    Files.writeString(path, text + "k010cccc\n");
    assertEquals(Optional.empty(), file.read(keys(1)));
  }

  private static MasterKeys keys(int seed) {
    TreeMap<Integer, Prf> keys = new TreeMap<>();
    keys.put(1, new HmacPrf(new byte[] {(byte) seed}));
    return new MasterKeys(keys);
  }
}
