package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.pbx.PbxConfiguration;

/** A PBX's configuration is for its owner only, and replaces nothing. */
public class PbxFilesTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void allFilesAreForTheirOwnerOnly() throws Exception {
    PbxFiles files = PbxFiles.in(folder());
    files.write(
        List.of(
            new PbxConfiguration.File("client.key", Secret.ofText("key")),
            new PbxConfiguration.File("kamailio.cfg", Secret.ofText("text"))));
    assertEquals("key", Files.readString(folder().resolve("client.key")));
    for (Path path : List.of(folder(), folder().resolve("client.key"))) {
      String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
      assertTrue(path + " " + rights, rights.endsWith("------"));
    }
  }

  @Test
  public void whatIsThereStays() throws Exception {
    Files.createDirectory(folder());
    assertTrue(refusal().contains("already"));
    Files.delete(folder());
    PbxFiles files = PbxFiles.in(folder());
    Files.writeString(folder().resolve("client.key"), "another's");
    assertThrows(
        RequestRefusedException.class,
        () -> files.write(List.of(new PbxConfiguration.File("client.key", Secret.ofText("key")))));
    assertEquals("another's", Files.readString(folder().resolve("client.key")));
  }

  @Test
  public void aRefusalLeavesNothingBehind() {
    PbxFiles files = PbxFiles.in(folder());
    assertThrows(
        RequestRefusedException.class,
        () ->
            files.unlessRefused(
                () -> {
                  throw new RequestRefusedException("no authority");
                }));
    assertFalse(Files.exists(folder()));
  }

  private String refusal() {
    return assertThrows(RequestRefusedException.class, () -> PbxFiles.in(folder())).getMessage();
  }

  private Path folder() {
    return temporary.getRoot().toPath().resolve("kamailio");
  }
}
