package org.latchkey.phones.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The profiles that Latchkey brings, and the folder in which a site puts its own. */
final class ProfileFolder {

  private static final long MOST_BYTES = 64 * 1024;

  private final Path folder;

  /** A site's folder, which need not exist. */
  ProfileFolder(Path folder) {
    this.folder = folder;
  }

  /** Where it is. */
  Path path() {
    return folder;
  }

  /** The text of a profile that Latchkey brings. */
  static ProfileText builtIn(String name) {
    try (InputStream in =
        ProfileFolder.class.getResourceAsStream("profiles/" + name + ".profile")) {
      if (in == null) {
        throw new IllegalStateException("the profile " + name + " is not in its bundle");
      }
      return ProfileText.read(
          name + ".profile of Latchkey", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The site's files by name; empty text where one can't be read, and why in {@code faults}.
   *
   * @throws IOException when the folder can't be listed
   */
  Map<String, String> files(Map<String, String> faults) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (DirectoryStream<Path> list = Files.newDirectoryStream(folder)) {
      for (Path file : list) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".") && !name.endsWith("~")) {
          read(file, name, files, faults);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Map.of();
    }
    return files;
  }

  private static void read(
      Path file, String name, Map<String, String> files, Map<String, String> faults) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        faults.put(name, name + " has more than " + MOST_BYTES + " bytes");
      } else {
        files.put(name, Files.readString(file));
      }
    } catch (CharacterCodingException e) {
      faults.put(name, name + " is not written in UTF-8");
    } catch (IOException e) {
      faults.put(name, name + " can't be read: " + e);
    }
  }
}
