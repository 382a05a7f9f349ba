package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asterisk's registrations, calls and caches, by its manager interface. Blocks for Asterisk. */
final class Registrar {

  private static final String PERMITTED = "latchkey-permitted";

  private final ManagerInterface manager;
  private final ProvedKeys proved;

  Registrar(ManagerInterface manager, ProvedKeys proved) {
    this.manager = manager;
    this.proved = proved;
  }

  /** All contacts, each of the key that was proved last from where it is. */
  List<Contact> contacts() throws IOException {
    List<Contact> found = new ArrayList<>();
    for (Map<String, String> message : manager.ask("PJSIPShowContacts", Map.of())) {
      Contact.of(message).map(proved::owned).ifPresent(found::add);
    }
    return found;
  }

  /**
   * Lets Asterisk forget a key, and removes the contacts that were registered with it.
   *
   * @return how many there were
   */
  int drop(String keyIdentifier, Set<String> aors) throws IOException {
    expire("endpoint", keyIdentifier);
    expire("auth", keyIdentifier);
    Set<String> names = new TreeSet<>(aors);
    List<Contact> dropped = of(keyIdentifier);
    for (Contact contact : dropped) {
      delete(contact);
      names.add(contact.aorName());
    }
    for (String name : names) {
      expire("aor", name);
    }
    return dropped.size();
  }

  /** That there is none any more is as good. */
  private void delete(Contact contact) throws IOException {
    Map<String, String> answer =
        manager.ask("DBDel", Map.of("Family", "registrar/contact", "Key", contact.name())).get(0);
    String message = answer.getOrDefault("Message", "nothing");
    if (!"Success".equals(answer.get("Response")) && !message.contains("not found")) {
      throw new IOException("a contact was not deleted, it says: " + message);
    }
  }

  /** The contacts that were registered with a key. */
  List<Contact> of(String keyIdentifier) throws IOException {
    return contacts().stream()
        .filter(contact -> contact.endpoint().equals(keyIdentifier))
        .collect(Collectors.toList());
  }

  /**
   * Ends the calls of a key, except those to a permitted destination.
   *
   * @return how many there were
   */
  int hangUp(String keyIdentifier) throws IOException {
    List<Map<String, String>> channels = manager.ask("CoreShowChannels", Map.of());
    Set<String> permitted =
        channels.stream()
            .filter(channel -> PERMITTED.equals(channel.get("Context")))
            .map(channel -> channel.getOrDefault("Linkedid", ""))
            .collect(Collectors.toSet());
    int ended = 0;
    for (Map<String, String> channel : channels) {
      String name = channel.getOrDefault("Channel", "");
      if (name.startsWith("PJSIP/" + keyIdentifier + "-")
          && !permitted.contains(channel.getOrDefault("Linkedid", ""))) {
        manager.ask("Hangup", Map.of("Channel", name));
        ended++;
      }
    }
    return ended;
  }

  /**
   * Sends a NOTIFY to all contacts of a key.
   *
   * @return how many there are
   */
  int tell(String keyIdentifier, String event) throws IOException {
    int contacts = of(keyIdentifier).size();
    if (contacts > 0) {
      Map<String, String> answer =
          manager
              .ask("PJSIPNotify", Map.of("Endpoint", keyIdentifier, "Variable", "Event=" + event))
              .get(0);
      if (!"Success".equals(answer.get("Response"))) {
        throw new IOException("it says: " + answer.getOrDefault("Message", "nothing"));
      }
    }
    return contacts;
  }

  /** The mark of the settings that its dialplan was made of; empty when it has none of ours. */
  String made() throws IOException {
    return manager
        .ask("ShowDialPlan", Map.of("Context", "latchkey-nowhere", "Extension", "made"))
        .stream()
        .map(message -> message.getOrDefault("AppData", ""))
        .filter(data -> !data.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** It answers with an error when it has no such object; that is as good. */
  private void expire(String type, String name) throws IOException {
    List<Map<String, String>> unused =
        manager.ask(
            "SorceryMemoryCacheExpireObject", Map.of("Cache", "res_pjsip/" + type, "Object", name));
  }
}
