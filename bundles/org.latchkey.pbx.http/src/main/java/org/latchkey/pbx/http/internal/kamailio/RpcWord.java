package org.latchkey.pbx.http.internal.kamailio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.latchkey.files.OwnerFiles;
import org.latchkey.key.Secret;

/**
 * The word that opens the RPC of a PBX: 160 bit in hexadecimal characters, in an owner-only file.
 * It is made once and stays, since the configuration of the PBX has it too.
 */
public final class RpcWord {

  private static final int BYTES = 20;

  private final Path file;
  private final RandomGenerator random;

  public RpcWord(Path base, String pbx) {
    this(base.resolve("latchkey").resolve(pbx + ".rpc"), new SecureRandom());
  }

  RpcWord(Path file, RandomGenerator random) {
    this.file = file;
    this.random = random;
  }

  /**
   * The word, made when there is none, for the caller to close.
   *
   * @throws IOException when it can't be read or made
   */
  public synchronized Secret read() throws IOException {
    if (Files.isSymbolicLink(file)) {
      throw new IOException(file + " is a symbolic link");
    }
    byte[] text;
    try {
      text = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      text = made();
    }
    try {
      if (text.length != 2 * BYTES
          || !new String(text, StandardCharsets.US_ASCII).matches("[0-9a-f]+")) {
        throw new IOException(
            file
                + " does not hold 40 hexadecimal characters; remove it, and write the PBX's"
                + " configuration anew");
      }
      return Secret.copyOf(text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private byte[] made() throws IOException {
    byte[] word = new byte[BYTES];
    random.nextBytes(word);
    byte[] text = HexFormat.of().formatHex(word).getBytes(StandardCharsets.US_ASCII);
    Path folder = file.toAbsolutePath().resolveSibling("");
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      OwnerFiles.folder(folder);
    }
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    OwnerFiles.write(draft, new ByteArrayInputStream(text));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    OwnerFiles.force(folder);
    return text;
  }
}
