package org.latchkey.phones.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * XML 1.0 in UTF-8. Keys are paths below {@code root}; rows with the same elements share them. Only
 * references that every parser knows are written, and no secret is ever a {@code String}.
 */
final class XmlFormat implements FileFormat {

  private final String root;

  XmlFormat(String root) {
    this.root = root;
    check("x");
  }

  @Override
  public void check(String key) {
    XmlPath.of(root + '/' + key);
  }

  @Override
  public String contentType() {
    return "application/xml";
  }

  @Override
  public void write(List<Row> rows, WipedOutput out) {
    Element document = new Element(new XmlPath.Step("", Map.of()));
    document.at(XmlPath.of(root).steps());
    rows.forEach(row -> document.take(XmlPath.of(root + '/' + row.key()), row));
    out.text("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    document.children.values().forEach(child -> child.write(0, out));
  }

  /** An element that is being filled. */
  private static final class Element {
    private final XmlPath.Step step;
    private final Map<String, Row> attributes = new LinkedHashMap<>();
    private final Map<XmlPath.Step, Element> children = new LinkedHashMap<>();
    private @Nullable Row text;

    Element(XmlPath.Step step) {
      this.step = step;
    }

    Element at(List<XmlPath.Step> steps) {
      Element at = this;
      for (XmlPath.Step next : steps) {
        at = at.children.computeIfAbsent(next, Element::new);
      }
      return at;
    }

    void take(XmlPath path, Row row) {
      Element place = at(path.steps());
      path.attribute()
          .ifPresentOrElse(name -> place.attributes.put(name, row), () -> place.text = row);
    }

    void write(int depth, WipedOutput out) {
      String indent = "  ".repeat(depth);
      Field field = new Escaped(out);
      out.text(indent + '<' + step.name());
      step.attributes()
          .forEach(
              (name, value) -> {
                out.text(' ' + name + "=\"");
                field.text(value);
                out.text("\"");
              });
      attributes.forEach(
          (name, row) -> {
            out.text(' ' + name + "=\"");
            row.value().write(field, row.context());
            out.text("\"");
          });
      if (children.isEmpty() && text == null) {
        out.text("/>\n");
        return;
      }
      out.text(">");
      Row own = text;
      if (own != null) {
        own.value().write(field, own.context());
      }
      if (!children.isEmpty()) {
        out.text("\n");
        children.values().forEach(child -> child.write(depth + 1, out));
        out.text(indent);
      }
      out.text("</" + step.name() + ">\n");
    }
  }

  /** Element text or an attribute's value, escaped for both (XML 1.0 sections 2.2 and 4.1). */
  private record Escaped(WipedOutput out) implements Field {
    @Override
    public void put(int codePoint) {
      switch (codePoint) {
        case '&' -> out.text("&amp;");
        case '<' -> out.text("&lt;");
        case '>' -> out.text("&gt;");
        case '"' -> out.text("&quot;");
        case '\'' -> out.text("&#39;");
        case '\n' -> out.text("&#10;");
        default -> out.character(SipText.isPlain(codePoint) ? codePoint : ' ');
      }
    }
  }
}
