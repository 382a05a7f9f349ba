package org.latchkey.backup.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.latchkey.backup.BackupPart;
import org.latchkey.backup.BackupPart.Stillness;
import org.latchkey.backup.NewBackup;
import org.latchkey.files.OwnerFiles;
import org.latchkey.key.Secret;

/** One backup while it is written. */
final class Writing implements AutoCloseable {

  private final List<BackupPart> parts;
  private final BackupKey key;
  private final Header header;
  private final List<Share> shares;

  private Writing(List<BackupPart> parts, BackupKey key, Header header, List<Share> shares) {
    this.parts = parts;
    this.key = key;
    this.header = header;
    this.shares = shares;
  }

  /** Makes and splits its key. */
  static Writing begun(
      List<BackupPart> parts, int shares, int threshold, Instant now, SecureRandom random) {
    byte[] name = new byte[Share.NAME_BYTES];
    random.nextBytes(name);
    BackupKey key = BackupKey.random(random);
    List<Share> split = key.split(name, shares, threshold, random);
    Header header =
        new Header(
            Share.nameOf(name),
            now,
            parts.stream().map(BackupPart::name).toList(),
            threshold,
            split.stream().map(Share::fingerprint).toList());
    return new Writing(parts, key, header, split);
  }

  Header header() {
    return header;
  }

  /** Writes all parts as they belong together. */
  NewBackup into(Path target) throws IOException {
    Deque<Stillness> still = new ArrayDeque<>();
    try {
      for (BackupPart part : parts) {
        still.push(part.still());
      }
      return written(target);
    } finally {
      still.forEach(Stillness::close);
    }
  }

  /** Writes it all beside the target, reads it again, and gives it its name. */
  private NewBackup written(Path target) throws IOException {
    Path folder =
        Files.createTempDirectory(
            target.resolveSibling(""),
            "backup",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      List<String> notes = new ArrayList<>();
      for (BackupPart part : parts) {
        SealedFile file = SealedFile.in(folder, part.name());
        try (SealingStream out = file.writing(key, header)) {
          notes.addAll(part.write(out));
          out.end();
        }
        file.verify(key, header);
      }
      OwnerFiles.force(folder);
      Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
      OwnerFiles.force(target.resolveSibling(""));
      List<Secret> texts = shares.stream().map(Share::text).toList();
      return new NewBackup(header.backup(), header.parts(), notes, texts);
    } finally {
      Staging.remove(folder);
    }
  }

  @Override
  public void close() {
    key.close();
    shares.forEach(Share::close);
  }
}
