package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.RequestRefusedException;

/** A node's key is typed, or was copied with its file. */
public final class NodeKeyFileTest {

  private static final String KEY = "n0123456789abcdef";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void whatWasTypedIsTheKey() {
    assertEquals(KEY, NodeKeyFile.keyOf(KEY, temporary.getRoot().toPath()));
  }

  @Test
  public void aFileOfThisNameHoldsIt() throws Exception {
    Path folder = temporary.getRoot().toPath();
    Files.writeString(folder.resolve("node.pub"), KEY + "\n# The public key of a node\n");
    assertEquals(KEY, NodeKeyFile.keyOf("node.pub", folder));
  }

  @Test
  public void aFolderIsRefusedInWords() {
    Path folder = temporary.getRoot().toPath();
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> NodeKeyFile.keyOf(".", folder));
    assertTrue(refused.getMessage(), refused.getMessage().startsWith("Nothing was exported: "));
  }
}
