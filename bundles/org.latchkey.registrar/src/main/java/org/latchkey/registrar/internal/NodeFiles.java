package org.latchkey.registrar.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.latchkey.files.OwnerFile;
import org.latchkey.sealing.NodeKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of this node, each for its owner only. Administrators bring {@code export.sealed};
 * everything else is ours.
 */
final class NodeFiles {

  private static final Logger LOG = LoggerFactory.getLogger(NodeFiles.class);

  private final OwnerFile key;
  private final OwnerFile publicPart;
  private final OwnerFile incoming;
  private final OwnerFile inForce;
  private final OwnerFile trusted;

  NodeFiles(Path folder) {
    key = new OwnerFile(folder, "node.key");
    publicPart = new OwnerFile(folder, "node.pub");
    incoming = new OwnerFile(folder, "export.sealed");
    inForce = new OwnerFile(folder, "in-force.sealed");
    trusted = new OwnerFile(folder, "agent");
  }

  /**
   * The node's key, the caller's to close; it is made when there is none.
   *
   * @throws IOException when it can't be read or made
   */
  NodeKey key(SecureRandom random) throws IOException {
    if (!key.exists()) {
      return made(random);
    }
    byte[] bytes = key.read();
    try {
      return NodeKey.of(bytes);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          key.path() + " is damaged: remove it, and export to the new key that is made then", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private NodeKey made(SecureRandom random) throws IOException {
    NodeKey fresh = NodeKey.random(random);
    byte[] bytes = fresh.bytes();
    try {
      key.write(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    return fresh;
  }

  /** Lets an administrator find the public part. The node works without, and its status has it. */
  void show(NodeKey shown) {
    try {
      publicPart.write(text(shown).getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      LOG.warn("{} can't be written: {}", publicPart.path(), e.getMessage());
    }
  }

  private static String text(NodeKey shown) {
    return shown.publicPart().text()
        + "\n# The public key of a Latchkey registrar node, for latchkey:registrar-export. Its"
        + " fingerprint: "
        + shown.publicPart().fingerprint()
        + '\n';
  }

  /** What an administrator brought. */
  OwnerFile incoming() {
    return incoming;
  }

  /** The last good one. */
  OwnerFile inForce() {
    return inForce;
  }

  /** Which agent is trusted. */
  OwnerFile trusted() {
    return trusted;
  }
}
