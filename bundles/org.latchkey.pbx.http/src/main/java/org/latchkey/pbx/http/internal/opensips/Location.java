package org.latchkey.pbx.http.internal.opensips;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.latchkey.pbx.Registration;
import org.latchkey.pbx.http.internal.proxy.KeyedContacts;
import org.latchkey.pbx.http.internal.proxy.Rpc;

/**
 * OpenSIPS' registrations, each with the key that our routes noted with it, and its calls. Blocks
 * for OpenSIPS.
 */
final class Location implements KeyedContacts {

  private static final String TABLE = "location";
  private static final String CACHE = "local:latchkey";

  /** In the place of bytes that are no UTF-8. */
  private static final char UNREADABLE = '\ufffd';

  private final Rpc rpc;

  Location(Rpc rpc) {
    this.rpc = rpc;
  }

  @Override
  public List<Registration> registrations(Instant now) throws IOException {
    return all().stream().flatMap(contact -> contact.toRegistration(now).stream()).toList();
  }

  @Override
  public Set<String> keys() throws IOException {
    return all().stream()
        .map(Contact::keyIdentifier)
        .filter(key -> !key.isEmpty())
        .collect(Collectors.toSet());
  }

  @Override
  public int drop(String keyIdentifier) throws IOException {
    List<Contact> contacts = contacts(keyIdentifier);
    Set<String> doubtful = new LinkedHashSet<>();
    for (Contact contact : contacts) {
      if (!removed(contact)) {
        doubtful.add(contact.aor());
      }
    }
    for (String aor : doubtful) {
      // What has gone by itself takes no other along; an address that can't be said again goes with
      // the others of its AOR.
      if (!of(keyIdentifier, at(aor)).isEmpty()) {
        rpc.call("ul_rm", List.of(TABLE, aor));
      }
    }
    return contacts.size();
  }

  private boolean removed(Contact contact) throws IOException {
    return contact.address().indexOf(UNREADABLE) < 0
        && rpc.call("ul_rm_contact", List.of(TABLE, contact.aor(), contact.address())).isPresent();
  }

  @Override
  public int checkSync(String keyIdentifier, String event, Instant now) throws IOException {
    List<Contact> contacts = contacts(keyIdentifier);
    for (Contact contact : contacts) {
      Map<String, String> params =
          Map.of("uri", contact.reachedAt(), "aor", "sip:" + contact.aor(), "event", event);
      rpc.call("raise_event", List.of("E_LATCHKEY_CHECK_SYNC", JSON.std.asString(params)));
    }
    return contacts.size();
  }

  @Override
  public int hangUp(String keyIdentifier) throws IOException {
    int ended = 0;
    for (Dialog dialog : Dialog.in(rpc.call("dlg_list_ctx", List.of()).orElse(List.of()))) {
      if (dialog.isOf(keyIdentifier) && !dialog.isPermitted()) {
        rpc.call("dlg_end_dlg", List.of(dialog.id()));
        ended++;
      }
    }
    return ended;
  }

  @Override
  public String made() throws IOException {
    List<String> found = new ArrayList<>();
    values(rpc.call("shv_get", List.of("latchkey_made")).orElse(List.of()), found);
    return found.isEmpty() ? "" : found.get(0);
  }

  /** The values of variables and of cached entries in an answer, at any depth. */
  private static void values(Object node, List<String> found) {
    if (node instanceof List<?> list) {
      list.forEach(one -> values(one, found));
    } else if (node instanceof Map<?, ?> map) {
      if (map.get("value") instanceof String value) {
        found.add(value);
      } else {
        map.values().forEach(one -> values(one, found));
      }
    }
  }

  /**
   * The live contacts that were registered with a key: at the AOR that our routes noted for it, or
   * anywhere when none is there.
   */
  private List<Contact> contacts(String keyIdentifier) throws IOException {
    List<String> aor = new ArrayList<>();
    values(rpc.call("cache_fetch", List.of(CACHE, "a" + keyIdentifier)).orElse(List.of()), aor);
    if (!aor.isEmpty()) {
      List<Contact> noted = of(keyIdentifier, at(aor.get(0).replaceFirst("^sip:", "")));
      if (!noted.isEmpty()) {
        return noted;
      }
    }
    return of(keyIdentifier, all());
  }

  private static List<Contact> of(String keyIdentifier, List<Contact> contacts) {
    return contacts.stream()
        .filter(contact -> contact.keyIdentifier().equals(keyIdentifier))
        .toList();
  }

  private List<Contact> at(String aor) throws IOException {
    return Contact.in(rpc.call("ul_show_contact", List.of(TABLE, aor)).orElse(List.of()));
  }

  private List<Contact> all() throws IOException {
    return Contact.in(rpc.call("ul_dump", List.of()).orElse(List.of()));
  }
}
