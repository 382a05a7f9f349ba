package org.latchkey.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latchkey.backup.BackupPart;
import org.latchkey.backup.Restoration;

/** A part of a backup that is nothing but files: a component says which, and what they are. */
public abstract class FilePart implements BackupPart {

  private final LastingFiles files;
  private final String words;
  private final boolean staysWithout;
  private final List<String> notesWithout;

  /**
   * A part.
   *
   * @param words see {@link #words()}
   * @param staysWithout whether a backup that does not have this part leaves what is here; else it
   *     is put aside with the rest
   * @param notesWithout what an administrator should know then, a sentence each
   */
  protected FilePart(
      LastingFiles files, String words, boolean staysWithout, List<String> notesWithout) {
    this.files = files;
    this.words = words;
    this.staysWithout = staysWithout;
    this.notesWithout = List.copyOf(notesWithout);
  }

  /**
   * Takes over what a restore has put ready. The component that reads the files calls this first.
   *
   * @param found what is given back
   * @throws UncheckedIOException when that failed
   */
  protected static Path takenOver(LastingFiles files, Path found) {
    try {
      files.takeOver();
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("A restore can't put its files in their places", e);
    }
  }

  @Override
  public final String name() {
    return files.part();
  }

  @Override
  public final String words() {
    return words;
  }

  /** The key agent says what might be missed. */
  @Override
  public final Optional<String> present() {
    return Optional.empty();
  }

  @Override
  public final List<String> write(OutputStream out) throws IOException {
    files.copyTo(out);
    return List.of();
  }

  @Override
  public final List<String> stage(InputStream in, Path folder, Restoration about)
      throws IOException {
    files.stage(in, folder);
    return List.of();
  }

  @Override
  public final List<String> stageWithout(Path folder, Restoration about) throws IOException {
    if (!staysWithout) {
      files.stageRest(folder);
    }
    return notesWithout;
  }
}
