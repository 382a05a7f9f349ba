package org.latchkey.pbx.reference.internal.message;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compact and full names of header fields (RFC 3261 section 7.3.3 and the registry it founded). */
final class FieldNames {

  private static final Map<String, String> COMPACT =
      Map.ofEntries(
          Map.entry("a", "Accept-Contact"),
          Map.entry("b", "Referred-By"),
          Map.entry("c", "Content-Type"),
          Map.entry("d", "Request-Disposition"),
          Map.entry("e", "Content-Encoding"),
          Map.entry("f", "From"),
          Map.entry("i", "Call-ID"),
          Map.entry("j", "Reject-Contact"),
          Map.entry("k", "Supported"),
          Map.entry("l", "Content-Length"),
          Map.entry("m", "Contact"),
          Map.entry("n", "Identity-Info"),
          Map.entry("o", "Event"),
          Map.entry("r", "Refer-To"),
          Map.entry("s", "Subject"),
          Map.entry("t", "To"),
          Map.entry("u", "Allow-Events"),
          Map.entry("v", "Via"),
          Map.entry("x", "Session-Expires"),
          Map.entry("y", "Identity"));

  private static final List<String> USUAL =
      List.of(
          "Via",
          "From",
          "To",
          "Call-ID",
          "CSeq",
          "Contact",
          "Max-Forwards",
          "Content-Length",
          "Content-Type",
          "Authorization",
          "Proxy-Authorization",
          "Expires",
          "Route",
          "Record-Route",
          "User-Agent",
          "Require",
          "Proxy-Require",
          "Supported",
          "Allow");

  private static final Map<String, String> KNOWN = new HashMap<>();

  static {
    USUAL.forEach(name -> KNOWN.put(name.toLowerCase(Locale.ROOT), name));
    KNOWN.putAll(COMPACT);
    USUAL.forEach(name -> KNOWN.put(name, name));
  }

  private FieldNames() {}

  /** The full name of a known field, else the name itself. */
  static String full(String name) {
    String known = KNOWN.get(name);
    if (known == null) {
      known = KNOWN.get(name.toLowerCase(Locale.ROOT));
    }
    return known == null ? name : known;
  }
}
