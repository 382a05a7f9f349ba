package org.latchkey.authenticator.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.latchkey.keyscheme.Prf;

/**
 * The key that tells our nonces from others. It outlives restarts and updates, so that a phone that
 * answers a challenge from before is told {@code stale=true} and not that its password is wrong.
 * The holder closes it as soon as the nonces have their copy.
 */
final class NonceKey implements AutoCloseable {

  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final byte[] bytes;
  private final Optional<String> problem;

  private NonceKey(byte[] bytes, Optional<String> problem) {
    this.bytes = bytes;
    this.problem = problem;
  }

  /** The key in the file, made when there is none; a passing one when that can't be done. */
  static NonceKey at(Path file, RandomGenerator random) {
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        create(file, random);
      }
      return new NonceKey(read(file), Optional.empty());
    } catch (IOException e) {
      return passing(random, file + " can't be used: " + words(e));
    }
  }

  /** A key in memory alone, and why. */
  static NonceKey passing(RandomGenerator random, String problem) {
    byte[] key = new byte[Prf.OUTPUT_BYTES];
    random.nextBytes(key);
    return new NonceKey(key, Optional.of(problem));
  }

  /** The key, which stays this object's to wipe. */
  byte[] bytes() {
    return bytes;
  }

  /** Why the key will not outlive this authenticator; empty when it will. */
  Optional<String> problem() {
    return problem;
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  private static byte[] read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is a link or no file");
    }
    if (Files.size(file) != Prf.OUTPUT_BYTES) {
      throw new IOException("it has not " + Prf.OUTPUT_BYTES + " bytes");
    }
    if (isOpenToOthers(file)) {
      throw new IOException("others than its owner have rights on it");
    }
    return Files.readAllBytes(file);
  }

  private static boolean isOpenToOthers(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view != null && !OWNERS.containsAll(view.readAttributes().permissions());
  }

  private static void create(Path file, RandomGenerator random) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("it is a root directory");
    }
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(directory, owner(posix, "rwx------"));
    Path temporary = directory.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    byte[] key = new byte[Prf.OUTPUT_BYTES];
    random.nextBytes(key);
    try (FileChannel channel = FileChannel.open(temporary, CREATE, owner(posix, "rw-------"))) {
      ByteBuffer rest = ByteBuffer.wrap(key);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileAttribute<?>[] owner(boolean posix, String rights) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  private static String words(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "its directory is missing";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
