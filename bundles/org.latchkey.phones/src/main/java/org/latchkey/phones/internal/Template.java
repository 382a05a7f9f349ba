package org.latchkey.phones.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text with variables in it: {@code {user}}; or, of a variable with few values, what each stands
 * for: {@code {transport|udp=0|tcp=1|tls=2}}. A line with a variable that has no value is left out;
 * {@code {ca-url?}} writes nothing and does that alone. A brace itself is written twice.
 */
record Template(List<Part> parts) {

  /** A piece of one: text, or a variable. */
  private sealed interface Part {}

  private record Plain(String text) implements Part {}

  private record Use(Variable variable, boolean silent, Map<String, String> choices)
      implements Part {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when a brace is left open or names nothing
   */
  static Template of(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if ((c == '{' || c == '}') && text.startsWith(String.valueOf(c), i + 1)) {
        plain.append(c);
        i += 2;
      } else if (c == '{') {
        int end = text.indexOf('}', i);
        if (end < 0) {
          throw new IllegalArgumentException("a { has no }; a brace itself is written twice");
        }
        parts.add(new Plain(plain.toString()));
        plain.setLength(0);
        parts.add(use(text.substring(i + 1, end)));
        i = end + 1;
      } else {
        plain.append(c);
        i++;
      }
    }
    parts.add(new Plain(plain.toString()));
    return new Template(parts);
  }

  /** The variables it names. */
  List<Variable> variables() {
    return parts.stream()
        .flatMap(part -> part instanceof Use use ? Stream.of(use.variable()) : Stream.empty())
        .toList();
  }

  /** Whether each of its variables has a value here; a line without is left out. */
  boolean fits(Context context) {
    return parts.stream().allMatch(part -> value(part, context).isPresent());
  }

  /** Whether this key names a place for a line. */
  boolean hasPlace(int line) {
    return parts.stream()
        .allMatch(
            part ->
                !(part instanceof Use use)
                    || use.choices().isEmpty()
                    || use.choices().containsKey(use.variable().numbering(line)));
  }

  /** Writes it; {@link #fits} was asked before. */
  void write(Field field, Context context) {
    parts.forEach(part -> value(part, context).orElseThrow().to(field));
  }

  /** Its text, of a template without secrets. */
  String text(Context context) {
    StringBuilder text = new StringBuilder();
    write(text::appendCodePoint, context);
    return text.toString();
  }

  /** What it may look like, with the first choice, or a 1, in the place of each variable. */
  String sample() {
    return parts.stream()
        .map(
            part ->
                part instanceof Use use
                    ? use.choices().values().stream().findFirst().orElse("1")
                    : ((Plain) part).text())
        .collect(Collectors.joining());
  }

  private static Optional<Value> value(Part part, Context context) {
    if (part instanceof Use use) {
      Optional<Value> value = use.variable().in(context);
      if (use.silent()) {
        return value.map(any -> Value.text(""));
      }
      return use.choices().isEmpty()
          ? value
          : value
              .filter(Value.Text.class::isInstance)
              .map(chosen -> use.choices().get(((Value.Text) chosen).text()))
              .map(Value::text);
    }
    return Optional.of(Value.text(((Plain) part).text()));
  }

  private static Use use(String inside) {
    String[] pieces = inside.split("\\|", -1);
    boolean silent = pieces[0].endsWith("?");
    String word = pieces[0].substring(0, pieces[0].length() - (silent ? 1 : 0));
    Variable variable =
        Variable.named(word)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no variable {" + word + "}; there are " + Variable.names()));
    Map<String, String> choices = new LinkedHashMap<>();
    for (int i = 1; i < pieces.length; i++) {
      int equals = pieces[i].indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("after | comes value=text in {" + inside + '}');
      }
      choices.put(pieces[i].substring(0, equals), pieces[i].substring(equals + 1));
    }
    return new Use(variable, silent, choices);
  }
}
