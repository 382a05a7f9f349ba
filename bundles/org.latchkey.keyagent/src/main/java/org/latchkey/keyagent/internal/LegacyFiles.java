package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.files.OwnerFile;

/** Where files with secrets were written that may be there still. Thread-safe. */
final class LegacyFiles {

  static final String NAME = "legacy-exports";

  private final OwnerFile file;

  /** What an earlier process noted counts. */
  LegacyFiles(Path folder) {
    file = new OwnerFile(folder, NAME);
  }

  /**
   * Those that are there still.
   *
   * @throws IOException when nobody can say
   */
  List<Path> present() throws IOException {
    return noted().stream().filter(one -> Files.exists(one, LinkOption.NOFOLLOW_LINKS)).toList();
  }

  /**
   * Notes names under which one is about to be written, and forgets those that are gone.
   *
   * @throws IOException when that can't be kept
   */
  synchronized void note(List<Path> paths) throws IOException {
    List<Path> all = new ArrayList<>(present());
    all.addAll(paths);
    StringBuilder lines = new StringBuilder();
    all.forEach(one -> lines.append(one).append('\n'));
    file.write(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private List<Path> noted() throws IOException {
    return file.exists()
        ? new String(file.read(), StandardCharsets.UTF_8).lines().map(Path::of).toList()
        : List.of();
  }
}
