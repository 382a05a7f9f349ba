package org.latchkey.phones.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Formats of one line a value. None of them documents an escape: what would end a value becomes a
 * blank, and in names also what a phone may read as a remark or a macro.
 */
enum LineFormat implements FileFormat {
  /** {@code key = value}: Yealink and many others. */
  EQUALS("", " = ", "", "\n", ""),
  /** {@code key: value}: Mitel, Aastra. */
  COLON("", ": ", "", "\n", ""),
  /** {@code KEY="value"}: Panasonic. */
  QUOTED("", "=\"", "\"", "\r\n", "&':;"),
  /** {@code SET KEY "value"}: the 46xxsettings of Avaya; its key {@code GET} names a file. */
  SET("SET ", " \"", "\"", "\n", "");

  private static final String BLANK_IN_NAMES = "\"#%$\\;<>";

  private final String before;
  private final String between;
  private final String after;
  private final String end;
  private final String moreBlankInNames;

  LineFormat(String before, String between, String after, String end, String moreBlankInNames) {
    this.before = before;
    this.between = between;
    this.after = after;
    this.end = end;
    this.moreBlankInNames = moreBlankInNames;
  }

  static Optional<LineFormat> named(String name) {
    return Arrays.stream(values()).filter(one -> one.word().equals(name)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(LineFormat::word).collect(Collectors.joining(", "));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void check(String key) {
    String parts = "\"=" + (this == COLON ? ":" : "") + (this == SET || this == QUOTED ? " " : "");
    if (key.isEmpty() || !key.chars().allMatch(c -> c >= ' ' && c < 0x7f && parts.indexOf(c) < 0)) {
      throw new IllegalArgumentException(
          "a key of format " + word() + " has ASCII characters and none of " + parts);
    }
  }

  @Override
  public String contentType() {
    return "text/plain";
  }

  @Override
  public void write(List<Row> rows, WipedOutput out) {
    for (Row row : rows) {
      if (this == SET && row.key().equals("GET")) {
        out.text("GET ");
        row.value().write(new Word(out), row.context());
        out.text(end);
        continue;
      }
      out.text(before + row.key() + between);
      row.value().write(new Inside(out), row.context());
      out.text(after + end);
    }
  }

  /** The place between two marks, or up to the end of the line. */
  private final class Inside implements Field {
    private final WipedOutput out;

    Inside(WipedOutput out) {
      this.out = out;
    }

    @Override
    public void put(int codePoint) {
      boolean quote = codePoint == '"' && !after.isEmpty();
      out.character(SipText.isPlain(codePoint) && !quote ? codePoint : ' ');
    }

    @Override
    public void name(String name) {
      name.codePoints()
          .map(c -> BLANK_IN_NAMES.indexOf(c) < 0 && moreBlankInNames.indexOf(c) < 0 ? c : ' ')
          .forEach(this::put);
    }
  }

  /** A file name. */
  private record Word(WipedOutput out) implements Field {
    @Override
    public void put(int codePoint) {
      if (codePoint > ' ' && codePoint < 0x7f && codePoint != '"') {
        out.character(codePoint);
      }
    }
  }
}
