package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A shared secret is in a file for its owner only, and there is never another. */
public class SharedSecretTest {

  private static final String WORD = "sixteen-letters!";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private Path file;
  private long nanos;

  @Before
  public void aPlaceForIt() throws Exception {
    file = SharedSecret.fileOf(temporary.getRoot().toPath().toRealPath(), "pbx");
  }

  private SharedSecret secret() {
    return new SharedSecret(file, () -> nanos);
  }

  private void write(String text, String rights) throws Exception {
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }

  @Test
  public void aLineIsTheSecretAndItsEndIsNot() throws Exception {
    write(WORD + "\r\n", "rw-------");
    assertArrayEquals(WORD.getBytes(StandardCharsets.US_ASCII), secret().bytes().orElseThrow());
    assertEquals("", secret().problem());
  }

  @Test
  public void whatOthersCanReadOrIsTooShortOrNoLineIsNone() throws Exception {
    assertTrue(secret().problem().contains("there is no "));
    write(WORD, "rw-r-----");
    assertTrue(secret().problem().contains("chmod 600"));
    write(WORD, "rw--w----");
    assertTrue(secret().problem().contains("others may write"));
    for (String text :
        new String[] {"fifteen-letters", "", "two\nlines-of-a-word", "a blank in a word"}) {
      write(text, "rw-------");
      assertTrue(text, secret().bytes().isEmpty());
      assertNotEquals("", secret().problem());
    }
    write("x".repeat(129), "rw-------");
    assertTrue(secret().bytes().isEmpty());
    Path elsewhere = temporary.newFile().toPath();
    Files.delete(file);
    Files.createSymbolicLink(file, elsewhere);
    assertTrue(secret().bytes().isEmpty());
  }

  @Test
  public void anotherOneIsTakenWithinASecondAndOneThatGoesIsGone() throws Exception {
    write(WORD, "rw-------");
    try (SharedSecret secret = secret()) {
      byte[] first = secret.bytes().orElseThrow();
      write("another-secret-word", "rw-------");
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
      assertArrayEquals(first, secret.bytes().orElseThrow());
      nanos += 1_000_000_000L;
      assertEquals(
          "another-secret-word",
          new String(secret.bytes().orElseThrow(), StandardCharsets.US_ASCII));
      assertArrayEquals(
          "who uses the old one has it whole", WORD.getBytes(StandardCharsets.US_ASCII), first);
      Files.delete(file);
      nanos += 1_000_000_000L;
      assertTrue(secret.bytes().isEmpty());
    }
  }

  @Test
  public void itIsMadeOnceForItsOwnerOnly() throws Exception {
    byte[] made = secret().readOrMake(new Random(1));
    assertEquals(40, made.length);
    assertArrayEquals(made, secret().readOrMake(new Random(2)));
    assertArrayEquals(made, secret().bytes().orElseThrow());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }
}
