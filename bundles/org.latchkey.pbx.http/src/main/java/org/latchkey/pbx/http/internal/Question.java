package org.latchkey.pbx.http.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;

/**
 * What a PBX asks: one flat JSON object (RFC 8259) of texts, numbers and lists of texts, or a list
 * of such objects. Unknown and doubled fields are refused, so that a slip in a PBX's script is
 * noticed. Immutable.
 */
final class Question {

  private static final int MAX_TEXT = 8_192;
  private static final int MAX_LIST = 64;

  /** What looks like an address: the JDK asks DNS about anything else. */
  private static final Pattern IP_ADDRESS =
      Pattern.compile(
          "(OCTET\\.){3}OCTET|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\\]?"
              .replace("OCTET", "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"));

  private static final JSON READER =
      JSON.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(3)
                          .maxStringLength(MAX_TEXT)
                          .maxNameLength(64)
                          .maxNumberLength(20)
                          .build())
                  .build())
          .build();

  /** The body is not such an object. The message says what is wrong with it. */
  static final class BadQuestionException extends Exception {
    private static final long serialVersionUID = 1L;

    BadQuestionException(String message) {
      super(message);
    }
  }

  private final Map<String, Object> fields;

  private Question(Map<String, Object> fields) {
    this.fields = fields;
  }

  /**
   * Reads a body.
   *
   * @param known the fields that it may have
   */
  static Question read(byte[] body, Set<String> known) throws BadQuestionException {
    Map<String, Object> fields;
    try {
      fields = READER.mapFrom(body);
    } catch (IOException | RuntimeException e) {
      throw new BadQuestionException("the body is not one JSON object of short texts");
    }
    return checked(fields, known);
  }

  private static Question checked(@Nullable Map<?, ?> given, Set<String> known)
      throws BadQuestionException {
    Map<String, Object> fields = new HashMap<>();
    if (given != null) {
      given.forEach((name, value) -> fields.put(String.valueOf(name), value));
    }
    if (given == null || !known.containsAll(fields.keySet())) {
      throw new BadQuestionException(
          "the object has a field other than " + String.join(", ", known));
    }
    return new Question(fields);
  }

  /** Whether a field is there. */
  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** A list of at most 64 objects that must be there; what they hold is not looked at yet. */
  List<?> objects(String name) throws BadQuestionException {
    if (fields.get(name) instanceof List<?> list
        && list.size() <= MAX_LIST
        && list.stream().allMatch(Map.class::isInstance)) {
      return list;
    }
    throw new BadQuestionException(name + " is no list of at most 64 objects");
  }

  /** One of {@link #objects}, flat, with the fields that it may have. */
  static Question of(Object one, Set<String> known) throws BadQuestionException {
    return checked(one instanceof Map<?, ?> map ? map : null, known);
  }

  /** A text that must be there. */
  String text(String name) throws BadQuestionException {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw new BadQuestionException(name + " is missing or no text");
  }

  /** A text, or another when it is not there. */
  String text(String name, String otherwise) throws BadQuestionException {
    return fields.containsKey(name) ? text(name) : otherwise;
  }

  /** A number that must be there. */
  long number(String name) throws BadQuestionException {
    Object value = fields.get(name);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw new BadQuestionException(name + " is missing or no whole number");
  }

  /** Yes or no, as true and false or 1 and 0; no when it is not there. */
  boolean flag(String name) throws BadQuestionException {
    if (!fields.containsKey(name)) {
      return false;
    }
    if (fields.get(name) instanceof Boolean flag) {
      return flag;
    }
    long number = number(name);
    if (number != 0 && number != 1) {
      throw new BadQuestionException(name + " is neither 0 nor 1");
    }
    return number == 1;
  }

  /** A list of texts, or one text alone; empty when it is not there. */
  List<String> texts(String name) throws BadQuestionException {
    Object value = fields.get(name);
    if (value == null && !fields.containsKey(name)) {
      return List.of();
    }
    if (value instanceof String text) {
      return List.of(text);
    }
    if (value instanceof List<?> list
        && list.size() <= MAX_LIST
        && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw new BadQuestionException(name + " is no list of at most 64 texts");
  }

  /** A {@code sip:} or {@code sips:} URI, or user@domain, as an AOR. */
  Aor aor(String name) throws BadQuestionException {
    String text = text(name);
    try {
      boolean plain = text.indexOf(':') < 0;
      if (!plain && !text.regionMatches(true, 0, "sip", 0, 3)) {
        throw new IllegalArgumentException("no sip: URI");
      }
      return Aor.ofUri(plain ? "sip:" + text : text, "");
    } catch (IllegalArgumentException e) {
      throw new BadQuestionException(name + " is no SIP address");
    }
  }

  /** A digest algorithm; MD5 when it is not there. */
  DigestAlgorithm algorithm() throws BadQuestionException {
    return DigestAlgorithm.ofToken(text("algorithm", "MD5"))
        .orElseThrow(() -> new BadQuestionException("algorithm is neither MD5 nor SHA-256"));
  }

  /** The IP address of {@code source}, with {@code port} if that is there. */
  Optional<InetSocketAddress> source() throws BadQuestionException {
    String text = text("source", "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    long port = fields.containsKey("port") ? number("port") : 0;
    if (!IP_ADDRESS.matcher(text).matches() || port < 0 || port > 65_535) {
      throw new BadQuestionException("source is no IP address, or port no port");
    }
    try {
      return Optional.of(new InetSocketAddress(InetAddress.getByName(text), (int) port));
    } catch (UnknownHostException e) {
      throw new BadQuestionException("source is no IP address");
    }
  }
}
