package org.latchkey.backup.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.backup.internal.TestNode.give;
import static org.latchkey.backup.internal.TestNode.refusal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.backup.NewBackup;
import org.latchkey.backup.OpenBackup;
import org.latchkey.keyscheme.Base32;

/** A backup is made, lies about for years, and is restored by those who have its shares. */
public class BackupDeskTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private Path root;
  private Path directory;
  private TestNode old;
  private TestNode fresh;
  private List<String> shares;

  @Before
  public void aBackup() throws Exception {
    root = temporary.getRoot().toPath().toRealPath();
    directory = root.resolve("backup");
    old = node("old", "old");
    fresh = node("fresh", "fresh");
    shares = made(old, directory);
  }

  private TestNode node(String name, String content) throws IOException {
    TestNode node = new TestNode(root.resolve(name));
    for (String part : List.of("keys", "store", "tls")) {
      node.part(part, (content + ' ' + part).getBytes(StandardCharsets.UTF_8));
    }
    return node;
  }

  private static List<String> made(TestNode node, Path directory) {
    try (NewBackup made = node.desk.make(directory, 5, 3, "anna")) {
      return made.shares().stream()
          .map(share -> new String(share.copy(), StandardCharsets.US_ASCII))
          .toList();
    }
  }

  @Test
  public void anyThreeSharesBringAllPartsBack() throws Exception {
    try (OpenBackup backup = fresh.opened(directory, shares.subList(1, 4))) {
      assertEquals(0, backup.needed());
      assertEquals(TestNode.NOW, backup.takenAt());
      assertEquals(List.of(), backup.restore(false, "ben"));
    }
    for (TestPart part : fresh.parts) {
      assertEquals("old " + part.name(), Files.readString(part.file));
      assertEquals("ben", part.restored.orElseThrow().actor());
      assertEquals(Set.of("keys", "store", "tls"), part.restored.orElseThrow().parts());
    }
    assertEquals(1, fresh.restarts);
    assertEquals("of the store", List.of(7), fresh.parts.get(0).compared);
    assertEquals(
        "what was there is kept",
        "fresh keys",
        Files.readString(fresh.base.resolve("keys.before-20261126T013000Z")));
  }

  @Test
  public void sharesThatDoNotBelongAreNamedAndTheOthersStay() throws Exception {
    List<String> foreign = made(old, root.resolve("another"));
    OpenBackup backup = fresh.desk.open(directory);
    assertEquals(2, give(backup, shares.get(1)));
    assertTrue(refusal(() -> give(backup, shares.get(1))).contains("Share 2 was given already"));
    String why = refusal(() -> give(backup, foreign.get(3)));
    assertTrue(why, why.contains("Share 4 is of another backup"));
    assertTrue(why, why.contains(backup.name()));
    assertEquals(2, backup.needed());
    give(backup, shares.get(4));
    give(backup, shares.get(0));
    assertTrue(refusal(() -> give(backup, shares.get(2))).contains("Share 3 is not needed"));
    assertEquals(List.of(), backup.restore(false, "ben"));
  }

  @Test
  public void anAlteredShareWithARightCheckIsNamedToo() throws Exception {
    OpenBackup backup = fresh.desk.open(directory);
    byte[] name = new byte[Share.NAME_BYTES];
    System.arraycopy(
        Base32.decode(backup.name().replace("-", "").getBytes(StandardCharsets.US_ASCII)),
        0,
        name,
        0,
        name.length);
    for (int number : List.of(0, 3, 6)) {
      Share forged = Share.of(name, 3, number, new byte[Share.SECRET_BYTES]);
      String why = refusal(() -> give(backup, SharesTest.text(forged)));
      assertTrue(why, why.startsWith("Share " + number + " is not the one"));
    }
    assertEquals(3, backup.needed());
  }

  @Test
  public void twoSharesRestoreNothing() throws Exception {
    try (OpenBackup backup = fresh.opened(directory, shares.subList(0, 2))) {
      assertTrue(refusal(() -> backup.restore(false, "ben")).contains("2 of 5 shares were given"));
      assertTrue(refusal(() -> backup.rehearse("ben")).contains("3 are needed"));
    }
    assertUntouched();
  }

  @Test
  public void withoutOnePartTheOthersAreRestoredAndItIsSaid() throws Exception {
    Files.delete(directory.resolve("store.backup"));
    try (OpenBackup backup = fresh.opened(directory, shares.subList(0, 3))) {
      List<String> notes = backup.restore(false, "ben");
      assertTrue(
          notes.toString(),
          notes.get(0).contains("store.backup is not there, so nothing is restored of the store"));
      assertTrue(notes.toString(), notes.contains("The store is new."));
    }
    assertFalse(Files.exists(fresh.base.resolve("store")));
    assertEquals("old keys", Files.readString(fresh.base.resolve("keys")));
    assertEquals(Set.of("keys", "tls"), fresh.parts.get(0).restored.orElseThrow().parts());
  }

  @Test
  public void aFileThatWasAlteredAnywhereIsRefusedAndNothingChanged() throws Exception {
    Path file = directory.resolve("tls.backup");
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 4;
      Files.write(file, bad);
      refusal(() -> fresh.opened(directory, shares.subList(0, 3)).restore(false, "ben"));
    }
    for (int length : List.of(0, 10, good.length - 33, good.length - 1)) {
      Files.write(file, Arrays.copyOf(good, length));
      refusal(() -> fresh.opened(directory, shares.subList(0, 3)).restore(false, "ben"));
    }
    Files.copy(directory.resolve("store.backup"), file, StandardCopyOption.REPLACE_EXISTING);
    refusal(() -> fresh.opened(directory, shares.subList(0, 3)).restore(false, "ben"));
    assertUntouched();
  }

  @Test
  public void aNodeWithPhonesIsLeftAloneUnlessSomebodySaysWhatIsLost() throws Exception {
    fresh.parts.get(0).present = Optional.of("7 phones' keys");
    OpenBackup backup = fresh.opened(directory, shares.subList(0, 3));
    String why = refusal(() -> backup.restore(false, "ben"));
    assertTrue(why, why.contains("7 phones' keys") && why.contains("--discard-phones"));
    assertUntouched();
    assertEquals(List.of(), backup.rehearse("ben"));
    assertUntouched();
    assertEquals("backup.tested", fresh.audit.get(0).action());
    fresh.auditFails = true;
    assertTrue(refusal(() -> backup.rehearse("ben")).contains("Nothing was tested: the audit log"));
    assertEquals(List.of(), backup.restore(true, "ben"));
    assertEquals("old keys", Files.readString(fresh.base.resolve("keys")));
  }

  @Test
  public void aPartThatRefusesStopsTheWholeRestore() throws Exception {
    fresh.parts.get(2).strict = true;
    OpenBackup backup = fresh.opened(directory, shares.subList(0, 3));
    assertTrue(refusal(() -> backup.restore(false, "ben")).contains("not for this node"));
    assertUntouched();
    fresh.parts.get(2).strict = false;
    assertEquals(List.of(), backup.restore(false, "ben"));
  }

  @Test
  public void aProcessThatDiesWhilePuttingReadyLeavesNothingBehind() throws Exception {
    Path unfinished = fresh.base.resolve("restoring");
    Files.createDirectories(unfinished.resolve("keys"));
    Files.writeString(unfinished.resolve("keys").resolve("keys"), "half");
    fresh.restart();
    assertEquals("fresh keys", Files.readString(fresh.base.resolve("keys")));
    assertEquals(List.of(), fresh.opened(directory, shares.subList(2, 5)).restore(false, "ben"));
    assertEquals("old keys", Files.readString(fresh.base.resolve("keys")));
  }

  @Test
  public void aBackupIsAuditedOwnerOnlyAndNeverWritesOver() throws Exception {
    assertEquals("backup.made", old.audit.get(0).action());
    assertTrue(old.audit.get(0).detail().contains(directory.toString()));
    assertFalse(old.audit.toString().contains(shares.get(0).substring(20)));
    for (String name : List.of("keys.backup", "store.backup", "tls.backup")) {
      assertEquals("rw-------", rights(directory.resolve(name)));
      String all = Files.readString(directory.resolve(name), StandardCharsets.ISO_8859_1);
      assertFalse(all.contains("old keys") || all.contains("old store"));
    }
    assertEquals("rwx------", rights(directory));
    for (TestPart part : old.parts) {
      assertEquals("nothing changes meanwhile", 1, part.stillWhenWritten);
      assertEquals(0, part.still);
    }
    assertTrue(refusal(() -> made(old, directory)).contains("already"));
    assertTrue(refusal(() -> made(old, root.resolve("a/b"))).contains("there is no directory"));
    old.auditFails = true;
    assertTrue(refusal(() -> made(old, root.resolve("b2"))).contains("audit log"));
    assertFalse(Files.exists(root.resolve("b2")));
  }

  @Test
  public void numbersWithoutSenseAreRefusedWithOnesThatHaveIt() throws Exception {
    for (int[] wrong : new int[][] {{5, 6}, {5, 1}, {5, 0}, {1, 1}, {0, 0}, {33, 3}, {-5, -3}}) {
      String why = refusal(() -> old.desk.make(root.resolve("x"), wrong[0], wrong[1], "anna"));
      assertTrue(why, why.contains(" is a number from 2 to "));
    }
    assertFalse(Files.exists(root.resolve("x")));
  }

  @Test
  public void aDirectoryWithoutABackupOrWithTwoSaysSo() throws Exception {
    Path empty = Files.createDirectory(root.resolve("empty"));
    assertTrue(refusal(() -> fresh.desk.open(empty)).contains("no keys.backup"));
    made(old, root.resolve("another"));
    Files.copy(
        root.resolve("another").resolve("store.backup"),
        directory.resolve("store.backup"),
        StandardCopyOption.REPLACE_EXISTING);
    assertTrue(refusal(() -> fresh.desk.open(directory)).contains("of its own"));
  }

  private void assertUntouched() throws IOException {
    for (TestPart part : fresh.parts) {
      assertArrayEquals(
          ("fresh " + part.name()).getBytes(StandardCharsets.UTF_8), Files.readAllBytes(part.file));
    }
    try (Stream<Path> all = Files.list(fresh.base)) {
      assertEquals(3, all.count());
    }
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
