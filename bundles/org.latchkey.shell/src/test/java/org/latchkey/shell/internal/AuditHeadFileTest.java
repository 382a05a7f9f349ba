package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.RequestRefusedException;

public final class AuditHeadFileTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void aHeadIsWrittenToANewFileAndNeverOverAnother() {
    Path file = folder.getRoot().toPath().resolve("head");
    AuditHeadFile.write(file, "head\n");
    assertEquals("head\n", AuditHeadFile.read(file));
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> AuditHeadFile.write(file, "other\n"));
    assertTrue(refused.getMessage(), refused.getMessage().contains("Name another"));
    assertEquals("head\n", AuditHeadFile.read(file));
  }

  @Test
  public void whatIsNotThereOrFarTooLongIsRefused() throws IOException {
    Path none = folder.getRoot().toPath().resolve("none");
    assertThrows(RequestRefusedException.class, () -> AuditHeadFile.read(none));
    assertThrows(
        RequestRefusedException.class, () -> AuditHeadFile.write(none.resolve("below"), "head"));
    Path huge = folder.newFile().toPath();
    Files.write(huge, new byte[100_000]);
    assertThrows(RequestRefusedException.class, () -> AuditHeadFile.read(huge));
  }
}
