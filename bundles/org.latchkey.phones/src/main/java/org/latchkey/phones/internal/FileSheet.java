package org.latchkey.phones.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latchkey.key.IssuedKey;
import org.latchkey.phone.PhoneFile;

/**
 * One file of a profile: which requests ask for it, and its lines.
 *
 * @param name the profile's word for it
 * @param paths what the path below the credential may look like, a question mark and the query
 *     behind it when there is one
 * @param keys whether it carries keys
 * @param format how it is written
 * @param firstLine what stands before everything, with its line break; empty for nothing
 * @param entries its lines
 * @param off what it says of a line of the phone that has no key any more
 * @param places the lines that it has places for; none in a file without keys
 */
record FileSheet(
    String name,
    List<Pattern> paths,
    boolean keys,
    FileFormat format,
    String firstLine,
    List<Entry> entries,
    List<Entry> off,
    List<Integer> places) {

  static final String SECTION = "file ";
  static final String CONTENT = "content ";
  static final String BOOTSTRAP = "bootstrap ";
  static final String BOOTSTRAP_CONTENT = "bootstrap-content ";
  static final String OFF = "off ";

  private static final int MOST_LINES = 255;

  /** A MAC address in any spelling. */
  static final String MAC = "(?<mac>\\p{XDigit}{2}(?:[:.-]?\\p{XDigit}{2}){5})";

  /**
   * One line.
   *
   * @param key its place, which may name the line
   * @param value what goes there
   */
  record Entry(Template key, Template value) {}

  /** Reads the sections of one file. */
  static FileSheet of(ProfileText text, String name) {
    return of(text, name, SECTION + name, CONTENT + name, text.section(OFF + name));
  }

  /**
   * Reads the sections of one file that is served without TLS.
   *
   * @throws IllegalArgumentException when it names what belongs to a key
   */
  static FileSheet bootstrap(ProfileText text, String name) {
    String section = BOOTSTRAP + name;
    text.line(section, "keys")
        .ifPresent(
            line -> {
              throw line.bad("a file that is served without TLS carries no keys");
            });
    return of(text, name, section, BOOTSTRAP_CONTENT + name, List.of());
  }

  private static FileSheet of(
      ProfileText text, String name, String section, String content, List<ProfileText.Line> off) {
    List<ProfileText.Line> paths =
        text.section(section).stream().filter(line -> line.key().equals("path")).toList();
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("[" + section + "] has no line path = …");
    }
    ProfileText.Line place = text.line(section, "format").orElse(paths.get(0));
    boolean keys = word(text, section, "keys").filter("yes"::equals).isPresent();
    FileFormat format =
        told(
            place,
            () ->
                FileFormat.named(
                    word(text, section, "format").orElse(""),
                    word(text, section, "root").orElse("")));
    List<Entry> entries =
        text.section(content).stream().map(line -> entry(line, keys, format)).toList();
    return new FileSheet(
        name,
        paths.stream().map(path -> told(path, () -> pattern(path.value()))).toList(),
        keys,
        format,
        word(text, section, "first-line").map(first -> first + "\n").orElse(""),
        entries,
        off.stream().map(line -> off(line, format)).toList(),
        keys ? places(entries, format) : List.of());
  }

  private static List<Integer> places(List<Entry> entries, FileFormat format) {
    List<Template> keys =
        entries.stream()
            .filter(entry -> entry.value().variables().stream().anyMatch(Variable::isSecret))
            .map(Entry::key)
            .toList();
    return IntStream.rangeClosed(1, MOST_LINES)
        .filter(line -> line == 1 || keys.stream().anyMatch(key -> hasPlace(key, format, line)))
        .boxed()
        .toList();
  }

  private static boolean hasPlace(Template key, FileFormat format, int line) {
    return key.variables().isEmpty() ? format.ofEachLine(key.sample()) : key.hasPlace(line);
  }

  /** What of a path is this file, its device identifier with it; empty when nothing. */
  Optional<Asked> asked(String path) {
    for (Pattern pattern : paths) {
      Matcher matcher = pattern.matcher(path);
      if (matcher.matches()) {
        boolean named = pattern.pattern().contains(MAC);
        return Optional.of(
            new Asked(
                named
                    ? Optional.ofNullable(matcher.group("mac")).map(FileSheet::canonical)
                    : Optional.empty()));
      }
    }
    return Optional.empty();
  }

  /**
   * A request for a file.
   *
   * @param device the MAC address in it
   */
  record Asked(Optional<String> device) {}

  /** A MAC address as everything else of Latchkey spells it. */
  static String canonical(String mac) {
    return mac.replaceAll("[^0-9A-Fa-f]", "").toLowerCase(Locale.ROOT);
  }

  /** The file for these keys; none for a file without. */
  PhoneFile rendered(List<IssuedKey> issued, Context site) {
    WipedOutput out = new WipedOutput();
    try {
      out.text(firstLine);
      format.write(rows(issued, site), out);
    } catch (RuntimeException e) {
      out.end().close();
      throw e;
    }
    return new PhoneFile(format.contentType(), out.end());
  }

  private List<FileFormat.Row> rows(List<IssuedKey> issued, Context site) {
    List<Context> lines = issued.stream().map(site::of).toList();
    Context whole = lines.isEmpty() ? site : lines.get(0);
    List<FileFormat.Row> rows = new ArrayList<>();
    for (Entry entry : entries) {
      boolean each = !entry.key().variables().isEmpty();
      Stream<Context> contexts =
          each || format.ofEachLine(each ? "" : entry.key().text(whole))
              ? lines.stream()
              : Stream.of(whole);
      contexts
          .filter(context -> entry.key().fits(context) && entry.value().fits(context))
          .map(context -> new FileFormat.Row(entry.key().text(context), entry.value(), context))
          .forEach(rows::add);
    }
    Set<Integer> live = issued.stream().map(key -> key.record().line()).collect(Collectors.toSet());
    site.file().lines().stream()
        .filter(line -> !live.contains(line))
        .map(site::off)
        .flatMap(this::offRows)
        .forEach(rows::add);
    return rows;
  }

  private Stream<FileFormat.Row> offRows(Context line) {
    return off.stream()
        .filter(entry -> entry.key().fits(line) && entry.value().fits(line))
        .map(entry -> new FileFormat.Row(entry.key().text(line), entry.value(), line));
  }

  /** Complains when a line's variables can't be read. */
  static void checkTemplates(ProfileText.Line line) {
    told(line, () -> new Entry(Template.of(line.key()), Template.of(line.value())));
  }

  private static Entry entry(ProfileText.Line line, boolean keys, FileFormat format) {
    return told(
        line,
        () -> {
          Entry entry = new Entry(Template.of(line.key()), Template.of(line.value()));
          List<Variable> all =
              Stream.of(entry.key(), entry.value()).flatMap(t -> t.variables().stream()).toList();
          if (!keys && all.stream().anyMatch(Variable::needsKey)) {
            throw new IllegalArgumentException(
                "only a file with the line keys = yes can tell what belongs to a key");
          }
          if (entry.key().variables().stream().anyMatch(one -> !one.isLineNumber())) {
            throw new IllegalArgumentException("a key names no variable but line and line0");
          }
          format.check(entry.key().sample());
          return entry;
        });
  }

  private static Entry off(ProfileText.Line line, FileFormat format) {
    Entry entry = entry(line, true, format);
    boolean ofAKey =
        entry.value().variables().stream().anyMatch(one -> one.needsKey() && !one.isLineNumber());
    if (ofAKey || entry.key().variables().isEmpty()) {
      throw line.bad("a line that is off is named by its key, and has nothing that belongs to one");
    }
    return entry;
  }

  private static Pattern pattern(String path) {
    try {
      return Pattern.compile(path.replace("{mac}", MAC));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("path is no regular expression: " + e.getDescription(), e);
    }
  }

  private static Optional<String> word(ProfileText text, String section, String key) {
    return text.line(section, key).map(ProfileText.Line::value);
  }

  /** Says where a complaint belongs. */
  static <T> T told(ProfileText.Line line, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw line.bad(String.valueOf(e.getMessage()));
    }
  }
}
