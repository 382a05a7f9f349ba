package org.latchkey.files;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A file that only its owner can read is replaced as a whole, and believed only if it is his. */
public class OwnerFilesTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private Path file;

  @Before
  public void aNameInAFolderThatIsNotThere() {
    file = temporary.getRoot().toPath().resolve("above").resolve("below").resolve("file");
  }

  @Test
  public void whatReplacesAFileAndItsFoldersAreForTheirOwnerAlone() throws Exception {
    replace("one");
    replace("two");
    assertEquals("two", read());
    assertEquals("rw-------", rights(file));
    assertEquals("rwx------", rights(file.getParent()));
    assertEquals("rwx------", rights(file.getParent().getParent()));
    try (var names = Files.list(file.getParent())) {
      assertEquals(1, names.count());
    }
  }

  @Test
  public void aFolderThatIsThereKeepsItsRights() throws Exception {
    OwnerFiles.folders(file.getParent());
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    replace("one");
    assertEquals("rwxr-xr-x", rights(file.getParent()));
  }

  @Test
  public void whenTheBytesEndInAFailureTheFileIsAsBefore() throws Exception {
    replace("one");
    InputStream failing =
        new ByteArrayInputStream(bytes("half")) {
          @Override
          public synchronized int read(byte[] into, int from, int most) {
            if (available() == 0) {
              throw new UncheckedIOException(new IOException("no more"));
            }
            return super.read(into, from, most);
          }
        };
    assertThrows(UncheckedIOException.class, () -> OwnerFiles.replace(file, failing));
    assertEquals("one", read());
    assertFalse(Files.exists(file.resolveSibling("file.new")));
  }

  @Test
  public void whatAProcessThatDiedLeftIsNotInTheWay() throws Exception {
    replace("one");
    Path elsewhere = temporary.newFile().toPath();
    Files.createSymbolicLink(file.resolveSibling("file.new"), elsewhere);
    replace("two");
    assertEquals("two", read());
    assertEquals("nothing was written through the link", 0, Files.size(elsewhere));
  }

  @Test
  public void aSymbolicLinkIsReplacedAndNotFollowed() throws Exception {
    OwnerFiles.folders(file.getParent());
    Path elsewhere = temporary.newFile().toPath();
    Files.createSymbolicLink(file, elsewhere);
    assertThrows(IOException.class, this::read);
    replace("one");
    assertTrue(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    assertEquals(0, Files.size(elsewhere));
  }

  @Test
  public void aFileThatOthersMayWriteIsNotBelieved() throws Exception {
    replace("one");
    for (String others : new String[] {"rw--w----", "rw-----w-"}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(others));
      IOException refused = assertThrows(IOException.class, this::read);
      assertTrue(refused.getMessage(), refused.getMessage().contains("others may write it"));
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals("one", read());
  }

  @Test
  public void aFileMayBeAsLongAsIsSaidAndNoLonger() throws Exception {
    assertEquals(Optional.empty(), OwnerFiles.read(file, 3));
    replace("one");
    assertArrayEquals(bytes("one"), OwnerFiles.read(file, 3).orElseThrow());
    assertThrows(IOException.class, () -> OwnerFiles.read(file, 2));
    assertThrows(IOException.class, () -> OwnerFiles.read(file.getParent(), 1_000));
  }

  @Test
  public void whatIsRemovedIsGone() throws Exception {
    OwnerFiles.remove(file);
    replace("one");
    OwnerFiles.remove(file);
    assertEquals(Optional.empty(), OwnerFiles.read(file, 3));
  }

  private void replace(String text) throws IOException {
    OwnerFiles.replace(file, new ByteArrayInputStream(bytes(text)));
  }

  private String read() throws IOException {
    return new String(OwnerFiles.read(file, 100).orElseThrow(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
