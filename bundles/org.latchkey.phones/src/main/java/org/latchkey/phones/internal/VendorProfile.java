package org.latchkey.phones.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.latchkey.phone.Traits;

/**
 * A family of desk phones, read from its text.
 *
 * @param vendor what people call it
 * @param userAgent what its phones call themselves; a family without is recognised by its name in
 *     the path alone
 * @param model where in that the model is, as the pattern's first group
 * @param fallback whether it takes requests of phones that no other profile claims
 * @param traits what the family can do
 * @param menu how its menus take a password
 * @param settings what its phones are told
 * @param files its files
 * @param bootstrap those that are served without TLS
 */
record VendorProfile(
    String vendor,
    Optional<Pattern> userAgent,
    Optional<Pattern> model,
    boolean fallback,
    Traits traits,
    MenuPassword menu,
    PhoneSettings settings,
    List<FileSheet> files,
    List<FileSheet> bootstrap) {

  private static final String SECTION = "profile";
  private static final Set<String> KEYS =
      Set.of(
          "vendor",
          "user-agent",
          "model",
          "fallback",
          "check-sync",
          "calls-unregistered",
          "menu-password");

  /**
   * Reads one.
   *
   * @param common what all phones are told
   * @throws IllegalArgumentException naming the line that can't be read
   */
  static VendorProfile of(ProfileText text, PhoneSettings common) {
    for (ProfileText.Line line : text.section(SECTION)) {
      if (!KEYS.contains(line.key())) {
        throw line.bad("[profile] has no line " + line.key() + "; it has " + sorted());
      }
    }
    for (String section : text.sections().keySet()) {
      if (!known(section, text)) {
        throw new IllegalArgumentException(
            text.section(section).stream().findFirst().map(ProfileText.Line::place).orElse("")
                + ": there is no section ["
                + section
                + "]; there are [profile], [settings], [file NAME], [content NAME], [off NAME],"
                + " [bootstrap NAME], [bootstrap-content NAME]");
      }
    }
    PhoneSettings settings = common.with(text);
    return new VendorProfile(
        word(text, "vendor").orElse(""),
        text.line(SECTION, "user-agent").map(VendorProfile::pattern),
        text.line(SECTION, "model").map(VendorProfile::grouped),
        yes(text, "fallback"),
        new Traits(
            settings.algorithm(),
            settings.form(),
            yes(text, "calls-unregistered"),
            word(text, "check-sync")),
        menu(text),
        settings,
        files(text, FileSheet.SECTION, FileSheet::of),
        files(text, FileSheet.BOOTSTRAP, FileSheet::bootstrap));
  }

  /** The file of this name. */
  Optional<FileSheet> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** Whether a phone that calls itself so is of this family. */
  boolean claims(String agent) {
    return userAgent.filter(pattern -> pattern.matcher(agent).find()).isPresent();
  }

  /** The model that a phone which calls itself so is. */
  Optional<String> modelIn(String agent) {
    return model
        .map(pattern -> pattern.matcher(agent))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .filter(word -> !word.isEmpty());
  }

  private static boolean known(String section, ProfileText text) {
    return section.equals(SECTION)
        || section.equals(PhoneSettings.SECTION)
        || section.startsWith(FileSheet.SECTION)
        || section.startsWith(FileSheet.BOOTSTRAP)
        || belongs(section, FileSheet.CONTENT, FileSheet.SECTION, text)
        || belongs(section, FileSheet.OFF, FileSheet.SECTION, text)
        || belongs(section, FileSheet.BOOTSTRAP_CONTENT, FileSheet.BOOTSTRAP, text);
  }

  private static boolean belongs(String section, String content, String file, ProfileText text) {
    return section.startsWith(content)
        && text.sections().containsKey(file + section.substring(content.length()));
  }

  private static List<FileSheet> files(
      ProfileText text, String sections, BiFunction<ProfileText, String, FileSheet> reading) {
    return text.sections().keySet().stream()
        .filter(name -> name.startsWith(sections))
        .map(name -> reading.apply(text, name.substring(sections.length())))
        .toList();
  }

  private static Pattern pattern(ProfileText.Line line) {
    try {
      return Pattern.compile(line.value());
    } catch (PatternSyntaxException e) {
      throw line.bad(line.key() + " is no regular expression: " + e.getDescription());
    }
  }

  private static Pattern grouped(ProfileText.Line line) {
    Pattern pattern = pattern(line);
    if (pattern.matcher("").groupCount() < 1) {
      throw line.bad("model marks no group in parentheses as the model");
    }
    return pattern;
  }

  private static MenuPassword menu(ProfileText text) {
    Optional<ProfileText.Line> line = text.line(SECTION, "menu-password");
    return line.map(
            one ->
                switch (one.value()) {
                  case "characters" -> MenuPassword.CHARACTERS;
                  case "digits" -> MenuPassword.DIGITS;
                  default -> throw one.bad("menu-password is characters or digits");
                })
        .orElse(MenuPassword.CHARACTERS);
  }

  private static Optional<String> word(ProfileText text, String key) {
    return text.line(SECTION, key).map(ProfileText.Line::value).filter(value -> !value.isEmpty());
  }

  private static boolean yes(ProfileText text, String key) {
    return word(text, key)
        .map(value -> value.toLowerCase(Locale.ROOT))
        .filter("yes"::equals)
        .isPresent();
  }

  private static String sorted() {
    return String.join(", ", KEYS.stream().sorted().toList());
  }
}
