package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.custody.MasterKey;
import org.latchkey.key.Generation.State;
import org.latchkey.keyscheme.HmacPrf;

public class RevocationFileTest {

  private static final RevocationFile.Snapshot SNAPSHOT =
      new RevocationFile.Snapshot(
          Instant.parse("2026-11-25T12:00:00.123456Z"),
          Optional.of(
              new Roster(
                  Map.of(0, State.RETIRED, 1, State.ISSUING, 2, State.CREATED),
                  Set.of(0),
                  Set.of(0, 1))),
          Set.of("k010aaaa", "k010bbbb"));

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private Path path;
  private RevocationFile file;

  @Before
  public void aFolder() {
    Path folder = temporary.getRoot().toPath().resolve("latchkey");
    path = folder.resolve("revocations");
    file = new RevocationFile(folder);
  }

  @Test
  public void whatWasWrittenIsReadBack() throws Exception {
    file.write(keys(1), SNAPSHOT);
    assertEquals(Optional.of(SNAPSHOT), file.read(keys(1)));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  public void oneFromBeforeGenerationsHadStatesIsRead() throws Exception {
    file.write(keys(1), SNAPSHOT);
    Files.writeString(
        path,
        """
        latchkey revocations 1
        1
        2026-11-25T12:00:00.123456Z
        k010aaaa
        k010bbbb
        mac 8a34269bf424507d92fd9879fe7abeef6e163e7d992e7a1fca393cadcfe10a66
        """);
    assertEquals(
        Optional.of(
            new RevocationFile.Snapshot(SNAPSHOT.takenAt(), Optional.empty(), SNAPSHOT.revoked())),
        file.read(keys(1)));
  }

  @Test
  public void anEmptyOneIsSignedToo() throws Exception {
    RevocationFile.Snapshot none =
        new RevocationFile.Snapshot(SNAPSHOT.takenAt(), Optional.of(Roster.NONE), Set.of());
    file.write(keys(1), none);
    assertEquals(Optional.of(none), file.read(keys(1)));
  }

  @Test
  public void aForeignMasterKeyOrEnterpriseDoesNotVerifyIt() throws Exception {
    file.write(keys(1), SNAPSHOT);
    assertEquals(Optional.empty(), file.read(keys(2)));
    assertEquals(Optional.empty(), file.read(keys("other", 1)));
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
    return keys("latchkey", seed);
  }

  private static MasterKeys keys(String enterprise, int seed) {
    HmacPrf prf = new HmacPrf(new byte[] {(byte) seed});
    MasterKey key =
        new MasterKey() {
          @Override
          public byte[] mac(byte[] message) {
            return prf.mac(message);
          }

          @Override
          public void close() {
            prf.close();
          }
        };
    return new MasterKeys(enterprise, Map.of(1, key));
  }
}
