package org.latchkey.backup.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.latchkey.backup.BackupPart;
import org.latchkey.backup.Restoration;
import org.latchkey.files.LastingFiles;
import org.latchkey.files.OwnerFiles;
import org.latchkey.key.Generation;
import org.latchkey.key.RequestRefusedException;

/** A part that has one file of its own name. */
final class TestPart implements BackupPart {

  final Path file;
  Optional<String> present = Optional.empty();
  Optional<Restoration> restored = Optional.empty();
  boolean strict;
  int still;
  int stillWhenWritten;
  List<Integer> compared = List.of();
  private final String name;
  private final LastingFiles files;

  TestPart(Path base, String name, byte[] content) throws IOException {
    this.name = name;
    this.file = base.resolve(name);
    files = LastingFiles.of(base, name, base, name);
    Files.write(file, content);
  }

  /** What its bundle does when it starts. */
  void start() throws IOException {
    files.takeOver();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String words() {
    return "the " + name;
  }

  @Override
  public Optional<String> present() {
    return present;
  }

  @Override
  public Stillness still() {
    still++;
    return () -> still--;
  }

  @Override
  public List<Generation> generations(Path folder) {
    return name.equals("store")
        ? List.of(Generation.created(7, "", Instant.EPOCH, "latchkey"))
        : List.of();
  }

  @Override
  public List<String> compare(Path folder, List<Generation> generations) {
    compared = generations.stream().map(Generation::number).toList();
    return List.of();
  }

  @Override
  public List<String> write(OutputStream out) throws IOException {
    stillWhenWritten = still;
    Files.copy(file, out);
    return name.equals("tls") ? List.of("One thing stays here.") : List.of();
  }

  @Override
  public List<String> stage(InputStream in, Path folder, Restoration about) throws IOException {
    if (strict) {
      throw new RequestRefusedException("Nothing was restored: it is not for this node.");
    }
    restored = Optional.of(about);
    byte[] all = in.readAllBytes();
    OwnerFiles.write(folder.resolve(name), new ByteArrayInputStream(all));
    return List.of();
  }

  @Override
  public List<String> stageWithout(Path folder, Restoration about) throws IOException {
    restored = Optional.of(about);
    files.stageRest(folder);
    return List.of("The " + name + " is new.");
  }
}
