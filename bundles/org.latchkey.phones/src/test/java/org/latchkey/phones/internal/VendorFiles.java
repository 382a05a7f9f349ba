package org.latchkey.phones.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Parsers of phones' files that share nothing with what writes them. */
final class VendorFiles {

  private static final Pattern SET = Pattern.compile("SET ([A-Z_0-9]+) \"([^\"]*)\"");
  private static final Pattern GET = Pattern.compile("GET ([!-~]+)");
  private static final Pattern QUOTED = Pattern.compile("([A-Z_0-9]{1,32})=\"([^\"]{0,500})\"");
  private static final Pattern ACCOUNT =
      Pattern.compile("\"([^\"]*)\" <([^<>\"]*)>((?:;[a-z0-9_]+=(?:\"[^\"]*\"|[^;\"]*))*)");
  private static final Pattern PARAMETER = Pattern.compile(";([a-z0-9_]+)=(\"[^\"]*\"|[^;\"]*)");

  private static final DocumentBuilderFactory XML = withoutDoctype();

  private VendorFiles() {}

  /** The values of a file by their places; fails where its phone would not read it. */
  static Map<String, String> parsed(String profile, byte[] file) throws Exception {
    String text = utf8(file);
    return switch (profile) {
      case "yealink", "generic" -> lines(text, " = ", "#");
      case "mitel" -> lines(text, ": ", "#");
      case "panasonic" -> quoted(text);
      case "avaya" -> settings(text);
      case "baresip" -> accounts(text);
      default -> xml(file);
    };
  }

  private static String utf8(byte[] file) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(file)).toString();
  }

  private static Map<String, String> lines(String text, String separator, String remark) {
    Map<String, String> values = new TreeMap<>();
    for (String line : text.split("[\n\r\u0085\u2028\u2029]", -1)) {
      if (!line.isEmpty() && !line.startsWith(remark)) {
        int at = line.indexOf(separator.strip());
        assertTrue(line, at > 0);
        values.merge(
            line.substring(0, at).strip(),
            line.substring(at + separator.strip().length()).strip(),
            (one, other) -> one + '\n' + other);
      }
    }
    return values;
  }

  private static Map<String, String> quoted(String text) {
    assertTrue(text.startsWith("# Panasonic SIP Phone Standard Format File #\n"));
    Map<String, String> values = new TreeMap<>();
    for (String line : text.substring(text.indexOf('\n') + 1).split("\r\n", -1)) {
      if (!line.isEmpty()) {
        Matcher one = QUOTED.matcher(line);
        assertTrue(line, one.matches());
        assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 537);
        assertEquals(null, values.put(one.group(1), one.group(2)));
      }
    }
    return values;
  }

  private static Map<String, String> settings(String text) {
    Map<String, String> values = new TreeMap<>();
    for (String line : text.split("\n", -1)) {
      Matcher set = SET.matcher(line);
      Matcher get = GET.matcher(line);
      if (set.matches()) {
        assertEquals(null, values.put(set.group(1), set.group(2)));
      } else if (get.matches()) {
        values.put("GET", get.group(1));
      } else {
        assertEquals("", line);
      }
    }
    return values;
  }

  private static Map<String, String> accounts(String text) {
    Map<String, String> values = new TreeMap<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("#")) {
        values.put("remark", line.substring(1).strip());
      } else if (!line.isEmpty()) {
        Matcher account = ACCOUNT.matcher(line);
        assertTrue(line, account.matches());
        String at = ++number == 1 ? "" : number + "/";
        values.put(at + "name", account.group(1));
        values.put(at + "uri", account.group(2));
        Matcher parameter = PARAMETER.matcher(account.group(3));
        while (parameter.find()) {
          values.put(at + parameter.group(1), parameter.group(2).replace("\"", ""));
        }
      }
    }
    return values;
  }

  /** Elements by their names and {@code idx}, {@code index} or {@code name}; attributes as such. */
  private static Map<String, String> xml(byte[] file) throws Exception {
    Map<String, String> values = new TreeMap<>();
    walk(document(file).getDocumentElement(), "", values);
    return values;
  }

  /** XML without a document type, so without entities of its own. */
  static Document document(byte[] file) throws Exception {
    return XML.newDocumentBuilder().parse(new ByteArrayInputStream(file));
  }

  private static DocumentBuilderFactory withoutDoctype() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory;
    } catch (ParserConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  private static void walk(Element element, String above, Map<String, String> values) {
    StringBuilder place = new StringBuilder(above + '/' + element.getTagName());
    NamedNodeMap attributes = element.getAttributes();
    for (String telling : new String[] {"idx", "index", "name"}) {
      if (element.hasAttribute(telling)) {
        place.append('[').append(element.getAttribute(telling)).append(']');
      }
    }
    for (int i = 0; i < attributes.getLength(); i++) {
      Node one = attributes.item(i);
      assertEquals(null, values.put(place + "/@" + one.getNodeName(), one.getNodeValue()));
    }
    boolean leaf = true;
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        leaf = false;
        walk(inner, place.toString(), values);
      }
    }
    if (leaf) {
      assertEquals(null, values.put(place.toString(), element.getTextContent()));
    }
  }
}
