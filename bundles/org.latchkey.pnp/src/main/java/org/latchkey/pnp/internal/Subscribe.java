package org.latchkey.pnp.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phone's question where its profile is: SUBSCRIBE for the event package {@code ua-profile} (RFC
 * 6080) outside any dialog. What can't be read in one way only is no question.
 *
 * @param vias the Via fields, the phone's own first
 * @param from the From field, with its tag
 * @param to the To field, without a tag
 * @param callId the Call-ID
 * @param cseq the CSeq
 * @param contact the URI of Contact; empty when there is none that can be read
 * @param vendor who made it, in lower case; empty when it does not say
 * @param model what it is; empty when it does not say
 * @param length the bytes of the lines that are read; what is there to pad it does not count
 */
record Subscribe(
    List<String> vias,
    String from,
    String to,
    String callId,
    String cseq,
    String contact,
    String vendor,
    String model,
    int length) {

  /** The most bytes that are read. */
  static final int MOST_BYTES = 4096;

  private static final int LINE_END = 2;
  private static final int MOST_FIELDS = 64;
  private static final int MOST_CHARACTERS = 512;
  private static final int MOST_VIAS = 4;
  private static final Pattern START = Pattern.compile("SUBSCRIBE sips?:[!-~]{1,256} SIP/2\\.0");
  private static final Pattern FIELD =
      Pattern.compile("([A-Za-z0-9-]{1,40})[ \t]*:[ \t]*(.*?)[ \t]*");
  private static final Pattern EVENT =
      Pattern.compile("(?i)ua-profile((?:[ ]*;[ ]*[a-z0-9-]+(?:=(?:\"[^\"\\\\]*\"|[^\";= ]+))?)*)");
  private static final Pattern PARAMETER =
      Pattern.compile(";[ ]*([A-Za-z0-9-]+)(?:=(?:\"([^\"\\\\]*)\"|([^\";= ]+)))?");
  private static final Pattern VIA =
      Pattern.compile("(?i)SIP/2\\.0/UDP [A-Za-z0-9.:\\[\\]-]{1,100}(?:[ ]*;[!-:<-~]{1,200})*");
  private static final Pattern CSEQ = Pattern.compile("[0-9]{1,10} +SUBSCRIBE");
  private static final Pattern TAG = Pattern.compile("(?i).*;[ ]*tag=[!-:<-~]{1,100}.*");
  private static final Pattern CONTACT =
      Pattern.compile("<(sip:[!-;=?-~]{1,200})>.*|(sip:[!-:=?-~]{1,200})(?:;.*)?");
  private static final Set<String> READ =
      Set.of("via", "from", "to", "call-id", "cseq", "contact", "event");
  private static final Map<String, String> SHORT =
      Map.of("v", "via", "f", "from", "t", "to", "i", "call-id", "m", "contact", "o", "event");

  /** Reads a datagram; empty when it is not such a question. */
  static Optional<Subscribe> of(byte[] datagram) {
    if (datagram.length > MOST_BYTES) {
      return Optional.empty();
    }
    String text = new String(datagram, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return Optional.empty();
    }
    String[] lines = text.substring(0, end).split("\r\n", -1);
    if (lines.length > MOST_FIELDS || !START.matcher(lines[0]).matches()) {
      return Optional.empty();
    }
    return fields(lines).flatMap(fields -> read(fields, length(lines)));
  }

  private static Optional<Map<String, List<String>>> fields(String[] lines) {
    Map<String, List<String>> fields = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      Matcher field = FIELD.matcher(lines[i]);
      if (lines[i].length() > MOST_CHARACTERS || !field.matches() || !isPlain(lines[i])) {
        return Optional.empty();
      }
      fields.computeIfAbsent(name(field.group(1)), any -> new ArrayList<>()).add(field.group(2));
    }
    return Optional.of(fields);
  }

  private static String name(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    return SHORT.getOrDefault(name, name);
  }

  private static int length(String[] lines) {
    return lines[0].length()
        + LINE_END
        + Arrays.stream(lines)
            .skip(1)
            .filter(line -> READ.contains(name(line.substring(0, line.indexOf(':')).strip())))
            .mapToInt(line -> line.length() + LINE_END)
            .sum();
  }

  private static boolean isPlain(String line) {
    return line.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f));
  }

  private static Optional<Subscribe> read(Map<String, List<String>> fields, int length) {
    List<String> vias = fields.getOrDefault("via", List.of());
    String event = one(fields, "event");
    String from = one(fields, "from");
    String to = one(fields, "to");
    String callId = one(fields, "call-id");
    String cseq = one(fields, "cseq");
    Matcher asked = EVENT.matcher(event);
    boolean good =
        asked.matches()
            && !vias.isEmpty()
            && vias.size() <= MOST_VIAS
            && vias.stream().allMatch(via -> VIA.matcher(via).matches())
            && TAG.matcher(from).matches()
            && !to.isEmpty()
            && !TAG.matcher(to).matches()
            && !callId.isEmpty()
            && CSEQ.matcher(cseq).matches();
    if (!good) {
      return Optional.empty();
    }
    Map<String, String> about = parameters(asked.group(1));
    return Optional.of(
        new Subscribe(
            List.copyOf(vias),
            from,
            to,
            callId,
            cseq,
            uri(one(fields, "contact")),
            about.getOrDefault("vendor", "").toLowerCase(Locale.ROOT),
            about.getOrDefault("model", ""),
            length));
  }

  /** The only value of a field; empty when there is none, or more than one. */
  private static String one(Map<String, List<String>> fields, String name) {
    List<String> values = fields.getOrDefault(name, List.of());
    return values.size() == 1 ? values.get(0) : "";
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    Matcher next = PARAMETER.matcher(text);
    while (next.find()) {
      String value = next.group(2) != null ? next.group(2) : next.group(3);
      parameters.putIfAbsent(next.group(1).toLowerCase(Locale.ROOT), value == null ? "" : value);
    }
    return parameters;
  }

  private static String uri(String contact) {
    Matcher matcher = CONTACT.matcher(contact);
    if (!matcher.matches()) {
      return "";
    }
    return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
  }

  /** What a copy of the same question shares with it. */
  String name() {
    return vias.get(0) + '\n' + callId + '\n' + cseq;
  }
}
