package org.latchkey.https.internal.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * What files look like from outside, so that a changed one is noticed without reading it.
 *
 * @param stamps time, size and file key of each, or {@code absent}
 */
record Stamps(List<String> stamps) {

  static Stamps of(Path... files) {
    return new Stamps(Stream.of(files).map(Stamps::stamp).toList());
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return seen.lastModifiedTime() + "/" + seen.size() + '/' + seen.fileKey();
    } catch (IOException e) {
      return "absent";
    }
  }
}
