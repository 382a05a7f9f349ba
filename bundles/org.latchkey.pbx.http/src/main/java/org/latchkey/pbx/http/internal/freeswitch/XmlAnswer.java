package org.latchkey.pbx.http.internal.freeswitch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Secret;

/**
 * The documents that FreeSWITCH reads. There is no method that makes a user without an HA1: whom it
 * finds without one, it lets in with any password.
 */
final class XmlAnswer {

  private static final String XML_TYPE = "text/xml";

  /** Where the HA1 goes: no other value of a user has this character. */
  private static final String HOLE = "?";

  /**
   * What FreeSWITCH does next.
   *
   * @param application the application
   * @param data its argument
   */
  record Action(String application, String data) {}

  /** Writes to the stream; the JDK's writer declares an exception for each word. */
  private interface Content {
    void write(XMLStreamWriter xml) throws XMLStreamException;
  }

  private XmlAnswer() {}

  /** FreeSWITCH looks elsewhere: in its own files. */
  static DoorAnswer notFound() {
    return answer(
        document(
            "result",
            xml -> {
              xml.writeEmptyElement("result");
              xml.writeAttribute("status", "not found");
            }));
  }

  /**
   * A user of the directory.
   *
   * @param domain the domain as it was asked for
   * @param name the digest user name
   * @param ha1 what it proves itself with, for the caller to close
   * @param variables what FreeSWITCH notes in the calls of this user
   */
  static DoorAnswer user(String domain, String name, Secret ha1, Map<String, String> variables) {
    byte[] text =
        document(
            "directory",
            xml -> {
              start(xml, "domain", Map.of("name", domain));
              start(xml, "groups", Map.of());
              start(xml, "group", Map.of("name", "latchkey"));
              start(xml, "users", Map.of());
              start(xml, "user", Map.of("id", name));
              start(xml, "params", Map.of());
              pair(xml, "param", "a1-hash", HOLE);
              xml.writeEndElement();
              start(xml, "variables", Map.of());
              for (Map.Entry<String, String> variable : variables.entrySet()) {
                pair(xml, "variable", variable.getKey(), variable.getValue());
              }
            });
    return answer(filled(text, ha1));
  }

  /** What happens to a call in a context, whatever was dialled. */
  static DoorAnswer actions(String context, List<Action> actions) {
    return answer(
        document(
            "dialplan",
            xml -> {
              start(xml, "context", Map.of("name", context));
              start(xml, "extension", Map.of("name", "latchkey"));
              start(xml, "condition", Map.of());
              for (Action action : actions) {
                xml.writeEmptyElement("action");
                xml.writeAttribute("application", action.application());
                xml.writeAttribute("data", action.data());
              }
            }));
  }

  private static byte[] filled(byte[] text, Secret ha1) {
    int at = new String(text, StandardCharsets.ISO_8859_1).lastIndexOf('"' + HOLE + '"') + 1;
    byte[] hex = ha1.copy();
    byte[] all = new byte[text.length - 1 + hex.length];
    System.arraycopy(text, 0, all, 0, at);
    System.arraycopy(hex, 0, all, at, hex.length);
    System.arraycopy(text, at + 1, all, at + hex.length, text.length - at - 1);
    Arrays.fill(hex, (byte) 0);
    return all;
  }

  private static void start(XMLStreamWriter xml, String element, Map<String, String> attributes)
      throws XMLStreamException {
    xml.writeStartElement(element);
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      xml.writeAttribute(attribute.getKey(), attribute.getValue());
    }
  }

  private static void pair(XMLStreamWriter xml, String element, String name, String value)
      throws XMLStreamException {
    xml.writeEmptyElement(element);
    xml.writeAttribute("name", name);
    xml.writeAttribute("value", value);
  }

  private static byte[] document(String section, Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      start(xml, "document", Map.of("type", "freeswitch/xml"));
      start(xml, "section", Map.of("name", section));
      content.write(xml);
      xml.writeEndDocument();
      xml.close();
      return bytes.toByteArray();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory", e);
    }
  }

  private static DoorAnswer answer(byte[] text) {
    try {
      return DoorAnswer.of(200, XML_TYPE, Secret.copyOf(text));
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }
}
