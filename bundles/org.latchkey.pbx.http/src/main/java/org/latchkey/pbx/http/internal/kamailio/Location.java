package org.latchkey.pbx.http.internal.kamailio;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.pbx.Registration;
import org.latchkey.pbx.http.internal.proxy.KeyedContacts;
import org.latchkey.pbx.http.internal.proxy.Rpc;

/**
 * Kamailio's registrations, and which key each was made with: {@code latchkey_key} has the key of a
 * contact, {@code latchkey_aor} the AOR of a key. Blocks for Kamailio.
 */
final class Location implements KeyedContacts {

  private static final String TABLE = "location";
  private static final String KEYS = "latchkey_key";
  private static final String AORS = "latchkey_aor";

  /** In the place of bytes that are no UTF-8. */
  private static final char UNREADABLE = '\ufffd';

  private final Rpc rpc;
  private final Dialogs dialogs;

  Location(Rpc rpc) {
    this.rpc = rpc;
    this.dialogs = new Dialogs(rpc);
  }

  @Override
  public List<Registration> registrations(Instant now) throws IOException {
    Map<String, String> keys = table(KEYS);
    List<Registration> found = new ArrayList<>();
    for (Contact contact : Contact.in(rpc.call("ul.dump", List.of()).orElse(List.of()))) {
      registration(contact, keys.getOrDefault(contact.ruid(), ""), now).ifPresent(found::add);
    }
    return found;
  }

  /** Empty for an AOR of the administrator's own that no key can have: without a domain, say. */
  private static Optional<Registration> registration(Contact contact, String key, Instant now) {
    try {
      return Optional.of(contact.toRegistration(key, now));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public Set<String> keys() throws IOException {
    return table(AORS).keySet();
  }

  /** The live contacts that were registered with a key. */
  List<Contact> contacts(String keyIdentifier) throws IOException {
    Optional<String> aor = value(AORS, keyIdentifier);
    if (aor.isEmpty()) {
      return List.of();
    }
    List<Contact> found = new ArrayList<>();
    for (Contact contact :
        Contact.in(rpc.call("ul.lookup", List.of(TABLE, aor.get())).orElse(List.of()))) {
      if (value(KEYS, contact.ruid()).filter(keyIdentifier::equals).isPresent()) {
        found.add(contact);
      }
    }
    return found;
  }

  @Override
  public int drop(String keyIdentifier) throws IOException {
    List<Contact> contacts = contacts(keyIdentifier);
    for (Contact contact : contacts) {
      if (contact.address().indexOf(UNREADABLE) < 0) {
        rpc.call("ul.rm_contact", List.of(TABLE, contact.aor(), contact.address()));
      } else {
        // An address that can't be said again goes with the others of its AOR.
        rpc.call("ul.rm", List.of(TABLE, contact.aor()));
      }
      rpc.call("htable.delete", List.of(KEYS, contact.ruid()));
    }
    rpc.call("htable.delete", List.of(AORS, keyIdentifier));
    return contacts.size();
  }

  @Override
  public int hangUp(String keyIdentifier) throws IOException {
    return dialogs.hangUp(keyIdentifier);
  }

  @Override
  public int checkSync(String keyIdentifier, String event, Instant now) throws IOException {
    List<Contact> contacts = contacts(keyIdentifier);
    for (Contact contact : contacts) {
      String aor = contact.toRegistration(keyIdentifier, now).aor().toUri();
      String headers =
          "From: <%1$s>\r\nTo: <%1$s>\r\nEvent: %2$s\r\nSubscription-State: terminated\r\nContact: <%3$s>\r\n"
              .formatted(aor, event, "sip:" + contact.socket().replaceFirst("^[a-z]+:", ""));
      rpc.call(
          "tm.t_uac_start",
          List.of("NOTIFY", contact.address(), contact.target(), contact.socket(), headers, ""));
    }
    return contacts.size();
  }

  @Override
  public String made() throws IOException {
    return String.valueOf(rpc.call("cfg.get", List.of("latchkey", "made")).orElse(""));
  }

  private Optional<String> value(String table, String name) throws IOException {
    return rpc.call("htable.get", List.of(table, name))
        .filter(Map.class::isInstance)
        .map(result -> ((Map<?, ?>) result).get("item"))
        .filter(Map.class::isInstance)
        .map(item -> ((Map<?, ?>) item).get("value"))
        .filter(String.class::isInstance)
        .map(String.class::cast);
  }

  private Map<String, String> table(String name) throws IOException {
    Map<String, String> values = new HashMap<>();
    collect(rpc.call("htable.dump", List.of(name)).orElse(List.of()), values);
    return values;
  }

  private static void collect(Object node, Map<String, String> values) {
    if (node instanceof List<?> list) {
      list.forEach(one -> collect(one, values));
    } else if (node instanceof Map<?, ?> map) {
      if (map.get("name") instanceof String name && map.get("value") instanceof String value) {
        values.put(name, value);
      } else {
        map.values().forEach(one -> collect(one, values));
      }
    }
  }
}
