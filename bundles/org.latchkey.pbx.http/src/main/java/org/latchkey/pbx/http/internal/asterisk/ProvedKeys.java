package org.latchkey.pbx.http.internal.asterisk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which key was proved last from each address, as Asterisk's security events have it. Its registrar
 * keeps the endpoint that first registered a contact, though a phone that has moved to its next key
 * refreshes it with that one. Thread-safe.
 */
final class ProvedKeys {

  private static final Pattern REMOTE = Pattern.compile("IPV[46]/[A-Z]+/(.+)/([0-9]{1,5})");
  private static final int MOST_ADDRESSES = 50_000;

  private final IssuedKeys issued;
  private final Map<String, IssuedLine> byAddress = new LinkedHashMap<>();

  ProvedKeys(IssuedKeys issued) {
    this.issued = issued;
  }

  /** Takes notice of an event. */
  void heard(Map<String, String> event) {
    String key = event.getOrDefault("AccountID", "");
    Matcher remote = REMOTE.matcher(event.getOrDefault("RemoteAddress", ""));
    if ("SuccessfulAuth".equals(event.get("Event"))
        && "PJSIP".equals(event.get("Service"))
        && IssuedKeys.hasForm(key)
        && remote.matches()) {
      issued.key(key).ifPresent(line -> take(remote.group(1) + ':' + remote.group(2), line));
    }
  }

  private synchronized void take(String address, IssuedLine line) {
    byAddress.remove(address);
    byAddress.put(address, line);
    if (byAddress.size() > MOST_ADDRESSES) {
      byAddress.remove(byAddress.keySet().iterator().next());
    }
  }

  /** A contact of a key, as that of the key of the same AOR that its address proved last. */
  synchronized Contact owned(Contact contact) {
    IssuedLine line = byAddress.get(contact.address());
    return line != null
            && IssuedKeys.hasForm(contact.endpoint())
            && line.aor().toString().equals(contact.aorName())
        ? contact.of(line.keyIdentifier())
        : contact;
  }
}
