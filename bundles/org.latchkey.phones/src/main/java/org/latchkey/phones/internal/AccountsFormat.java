package org.latchkey.phones.internal;

import java.util.List;
import java.util.Set;

/**
 * The accounts file of baresip, one line for each line of the phone: {@code "name"
 * <uri>;parameter=value}. The keys {@code name} and {@code uri} come first, in this order; every
 * other key is a parameter; {@code remark} is a line that baresip skips.
 */
final class AccountsFormat implements FileFormat {

  private static final Set<String> QUOTED = Set.of("outbound", "outbound2", "stunserver");
  private static final String BLANK_IN_NAMES = "\"\\<>;#%$";

  @Override
  public void check(String key) {
    if (!key.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "a key of format accounts is remark, name, uri or a parameter of lower-case letters");
    }
  }

  @Override
  public boolean ofEachLine(String key) {
    return !key.equals("remark");
  }

  @Override
  public String contentType() {
    return "text/plain";
  }

  @Override
  public void write(List<Row> rows, WipedOutput out) {
    rows.stream().filter(row -> row.key().equals("remark")).forEach(row -> remark(row, out));
    rows.stream()
        .filter(row -> !row.key().equals("remark"))
        .map(Row::context)
        .distinct()
        .forEach(line -> account(rows, line, out));
  }

  private static void remark(Row row, WipedOutput out) {
    out.text("# ");
    row.value().write(new Place(out), row.context());
    out.text("\n");
  }

  private static void account(List<Row> rows, Context line, WipedOutput out) {
    for (Row row : rows) {
      if (!row.context().equals(line) || row.key().equals("remark")) {
        continue;
      }
      String key = row.key();
      String mark = QUOTED.contains(key) || key.equals("name") ? "\"" : "";
      out.text(
          switch (key) {
            case "name" -> mark;
            case "uri" -> " <";
            default -> ';' + key + '=' + mark;
          });
      row.value().write(new Place(out), line);
      out.text(key.equals("uri") ? ">" : mark);
    }
    out.text("\n");
  }

  /** The place of a value, which no quote, bracket or line break leaves. */
  private record Place(WipedOutput out) implements Field {
    @Override
    public void put(int codePoint) {
      boolean kept = SipText.isPlain(codePoint) && "\"<>\\".indexOf(codePoint) < 0;
      out.character(kept ? codePoint : ' ');
    }

    @Override
    public void name(String name) {
      name.codePoints().map(c -> BLANK_IN_NAMES.indexOf(c) < 0 ? c : ' ').forEach(this::put);
    }
  }
}
