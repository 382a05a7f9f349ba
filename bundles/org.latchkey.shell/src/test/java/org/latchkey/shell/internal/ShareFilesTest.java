package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.backup.NewBackup;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;

/** Shares in files: one for each person, for nobody else's eyes, and read as they were written. */
public class ShareFilesTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void eachShareIsInAnOwnerOnlyFileOfItsOwn() throws Exception {
    Path folder = temporary.getRoot().toPath().resolve("shares");
    ShareFiles files = ShareFiles.in(folder);
    try (NewBackup backup =
        new NewBackup(
            "abcd-efgh",
            List.of("keys"),
            List.of(),
            List.of(Secret.ofText("aaaa-1111"), Secret.ofText("bbbb-2222")))) {
      files.write(backup, 2);
    }
    Path second = folder.resolve("share-2-of-2.txt");
    assertTrue(Files.readString(second).contains("share 2 of 2 of backup abcd-efgh"));
    assertFalse(Files.readString(second).contains("aaaa"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(second)));
    try (Secret read = ShareFiles.read(second)) {
      assertEquals("bbbb-2222", new String(read.copy(), StandardCharsets.US_ASCII));
    }
  }

  @Test
  public void aFolderThatIsThereAndAFileThatIsNotAreNamed() throws Exception {
    Path folder = temporary.newFolder().toPath();
    assertTrue(refusal(() -> ShareFiles.in(folder)).contains("Name another"));
    Path file = folder.resolve("share");
    assertTrue(refusal(() -> ShareFiles.read(file)).contains("there is no file " + file));
    ShareFiles.in(folder.resolve("new")).discard();
    assertFalse(Files.exists(folder.resolve("new")));
  }

  private static String refusal(Runnable action) {
    return String.valueOf(assertThrows(RequestRefusedException.class, action::run).getMessage());
  }
}
