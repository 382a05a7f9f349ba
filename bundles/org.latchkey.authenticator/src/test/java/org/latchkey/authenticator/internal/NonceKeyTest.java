package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.status.StatusLine;

/** The nonce key lasts; when it can't, the authenticator says so and works on. */
public class NonceKeyTest {

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private Path file;

  @Before
  public void nameTheFile() {
    file = Path.of(folder.getRoot().getPath(), "latchkey", "nonce.key");
  }

  private NonceKey open() {
    return NonceKey.at(file, new Random());
  }

  @Test
  public void itIsMadeWhenAbsentForItsOwnerAlone() throws IOException {
    NonceKey key = open();
    assertEquals(Optional.empty(), key.problem());
    assertArrayEquals(Files.readAllBytes(file), key.bytes());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    assertArrayEquals(new String[] {"nonce.key"}, file.getParent().toFile().list());
  }

  @Test
  public void itIsTheSameNextTime() {
    assertArrayEquals(open().bytes(), open().bytes());
  }

  @Test
  public void whatAKilledProcessLeftBehindDoesNotMatter() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file.resolveSibling("nonce.key.new"), "half");
    assertEquals(Optional.empty(), open().problem());
  }

  @Test
  public void aDamagedLinkedOrOpenFileIsLeftAloneAndSaidSo() throws IOException {
    open();
    byte[] before = Files.readAllBytes(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertTrue(open().problem().get().contains("others than its owner have rights on it"));
    assertArrayEquals(before, Files.readAllBytes(file));

    Path target = file.resolveSibling("elsewhere");
    Files.move(file, target);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
    Files.createSymbolicLink(file, target);
    assertTrue(open().problem().get().contains("it is a link or no file"));

    Files.delete(file);
    Files.write(file, new byte[31]);
    assertTrue(open().problem().get().contains("it has not 32 bytes"));
    assertEquals(31, Files.size(file));
  }

  @Test
  public void aKeyThatCannotBeWrittenIsAPassingOne() throws IOException {
    Files.createFile(file.getParent());
    NonceKey one = open();
    assertTrue(one.problem().isPresent());
    assertFalse(java.util.Arrays.equals(one.bytes(), open().bytes()));
  }

  @Test
  public void theAuthenticatorWorksOnAndStatusNamesTheFile() throws IOException {
    Files.createFile(file.getParent());
    Office office = new Office(file);
    Phone phone = office.phone();
    String nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
    StatusLine line = office.authenticator.status().get(0);
    assertEquals(StatusLine.Level.WARNING, line.level());
    assertTrue(line.words(), line.words().contains(file.toString()));
  }

  @Test
  public void closingWipesIt() {
    NonceKey key = open();
    key.close();
    assertArrayEquals(new byte[32], key.bytes());
  }
}
