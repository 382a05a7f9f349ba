package org.latchkey.phones.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A profile as it is written: sections of lines {@code key = value}, the first equals sign between
 * blanks parting the two. A line that begins with {@code #} is a remark.
 *
 * @param sections the lines of each section, in order
 */
record ProfileText(Map<String, List<Line>> sections) {

  /** A value that takes the line of its key away. */
  private static final String NOTHING = "-";

  /**
   * One line.
   *
   * @param place where it stands, for complaints: file name and line number
   */
  record Line(String place, String key, String value) {

    /** A complaint about this line. */
    IllegalArgumentException bad(String why) {
      return new IllegalArgumentException(place + ": " + why);
    }
  }

  /**
   * Reads a profile.
   *
   * @param source what complaints call it
   * @throws IllegalArgumentException naming the first line that can't be read
   */
  static ProfileText read(String source, String text) {
    Map<String, List<Line>> sections = new LinkedHashMap<>();
    List<Line> section = null;
    int number = 0;
    for (String raw : text.lines().toList()) {
      String place = source + " line " + ++number;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        String name = line.substring(1, line.length() - 1).strip();
        section = sections.computeIfAbsent(name, any -> new ArrayList<>());
      } else if (section == null) {
        throw new IllegalArgumentException(place + ": a section such as [profile] comes first");
      } else {
        section.add(parted(place, line));
      }
    }
    return new ProfileText(sections);
  }

  /** The lines of a section, none when there is no such section. */
  List<Line> section(String name) {
    return sections.getOrDefault(name, List.of());
  }

  /** The last line of this key in a section. */
  Optional<Line> line(String section, String key) {
    return section(section).stream().filter(line -> line.key().equals(key)).reduce((a, b) -> b);
  }

  /**
   * This profile with the lines of another laid over it: they take the place of all lines of the
   * same key, or come at the end; the value {@code -} takes them away.
   */
  ProfileText with(ProfileText over) {
    Map<String, List<Line>> all = new LinkedHashMap<>(sections);
    over.sections.forEach((name, lines) -> all.put(name, laidOver(section(name), lines)));
    return new ProfileText(all);
  }

  private static List<Line> laidOver(List<Line> below, List<Line> above) {
    Set<String> open = new LinkedHashSet<>();
    above.forEach(line -> open.add(line.key()));
    List<Line> result = new ArrayList<>();
    Set<String> done = new LinkedHashSet<>();
    for (Line line : below) {
      if (!open.contains(line.key())) {
        result.add(line);
      } else if (done.add(line.key())) {
        result.addAll(ofKey(line.key(), above));
      }
    }
    for (Line line : above) {
      if (done.add(line.key())) {
        result.addAll(ofKey(line.key(), above));
      }
    }
    return result;
  }

  private static List<Line> ofKey(String key, List<Line> lines) {
    return lines.stream()
        .filter(line -> line.key().equals(key) && !line.value().equals(NOTHING))
        .toList();
  }

  private static Line parted(String place, String line) {
    if (line.endsWith(" =")) {
      return new Line(place, line.substring(0, line.length() - 2).strip(), "");
    }
    int equals = line.indexOf(" = ");
    if (equals < 1) {
      throw new IllegalArgumentException(
          place + ": write key = value, with a blank on each side of the equals sign");
    }
    return new Line(place, line.substring(0, equals).strip(), line.substring(equals + 3).strip());
  }
}
