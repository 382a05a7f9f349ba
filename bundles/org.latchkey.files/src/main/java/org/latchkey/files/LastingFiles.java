package org.latchkey.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The files of one part of what lasts: copied into a backup together, and replaced together by a
 * restore, when its owner starts and before it reads any of them. What was there is kept beside
 * them.
 */
public final class LastingFiles {

  /** What the name of a folder begins with in which a restore is put ready. */
  public static final String RESTORE = "restore-";

  private final Path base;
  private final String part;
  private final Map<String, Path> files;

  /**
   * The files of a part.
   *
   * @param base {@code ${karaf.base}/latchkey}
   * @param part the part's name
   * @param files where each is, by its name in a backup, in the order in which they are copied
   */
  public LastingFiles(Path base, String part, Map<String, Path> files) {
    this.base = base;
    this.part = part;
    this.files = new LinkedHashMap<>(files);
  }

  /** Files of one folder, in the order in which they are copied. */
  public static LastingFiles of(Path base, String part, Path folder, String... names) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put(name, folder.resolve(name));
    }
    return new LastingFiles(base, part, files);
  }

  /** The part's name. */
  String part() {
    return part;
  }

  /**
   * Copies those that are there.
   *
   * @param out not closed
   * @throws IOException when one can't be read, or is a symbolic link
   */
  public void copyTo(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Map.Entry<String, Path> file : files.entrySet()) {
      if (Files.exists(file.getValue(), LinkOption.NOFOLLOW_LINKS)) {
        refuseLink(file.getValue());
        zip.putNextEntry(new ZipEntry(file.getKey()));
        Files.copy(file.getValue(), zip);
        zip.closeEntry();
      }
    }
    zip.finish();
  }

  /**
   * Puts such a copy into a folder, to take the place of all files of this part.
   *
   * @throws IOException when it can't be written, or has other files than this part
   */
  public void stage(InputStream in, Path folder) throws IOException {
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (!files.containsKey(entry.getName())) {
        throw new IOException(entry.getName() + " is no file of the part " + part);
      }
      OwnerFiles.write(folder.resolve(entry.getName()), zip);
    }
    stageRest(folder);
  }

  /** Lets files that were not put into a folder be taken away by the restore. */
  public void stageRest(Path folder) throws IOException {
    for (String name : files.keySet()) {
      if (!Files.exists(folder.resolve(name))) {
        OwnerFiles.write(folder.resolve(name + Takeover.ABSENT), InputStream.nullInputStream());
      }
    }
  }

  /**
   * Takes over what a restore has put ready for this part, if it has. Goes on where it was cut off.
   *
   * @throws IOException when that failed; nothing of this part may be used then
   */
  public void takeOver() throws IOException {
    for (Path restore : Takeover.pending(base)) {
      Takeover takeover = new Takeover(restore, restore.resolve(part));
      if (takeover.isWanted()) {
        for (Map.Entry<String, Path> file : files.entrySet()) {
          takeover.of(file.getKey(), file.getValue());
        }
        takeover.end();
      }
    }
  }

  /**
   * Whether there is a restore that some part has not taken over yet.
   *
   * @param base {@code ${karaf.base}/latchkey}
   */
  public static boolean isRestorePending(Path base) throws IOException {
    return !Takeover.pending(base).isEmpty();
  }

  private static void refuseLink(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      throw new FileSystemException(file.toString(), null, "is a symbolic link");
    }
  }
}
