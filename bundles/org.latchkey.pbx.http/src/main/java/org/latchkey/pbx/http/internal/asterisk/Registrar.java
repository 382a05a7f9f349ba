package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latchkey.pbx.http.internal.asterisk.ContactRemoval.Dropped;
import org.latchkey.pbx.http.internal.asterisk.ManagerInterface.Action;

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
   * @throws IOException when Asterisk can't be reached, or did not delete one
   */
  int drop(String keyIdentifier, Set<String> aors) throws IOException {
    Dropped dropped = drop(Map.of(keyIdentifier, aors));
    if (!dropped.refused().isEmpty()) {
      throw new IOException(dropped.problem());
    }
    return dropped.contacts().size();
  }

  /**
   * The same of many keys, each with its AORs. One that Asterisk refuses to delete keeps no other.
   *
   * @throws IOException when Asterisk can't be reached
   */
  Dropped drop(Map<String, Set<String>> keys) throws IOException {
    if (keys.isEmpty()) {
      return new Dropped(List.of(), Map.of());
    }
    forget(keys.keySet());
    Dropped dropped = new ContactRemoval(manager, proved, keys.keySet()).run(this::contacts);
    Set<String> names = new TreeSet<>();
    keys.values().forEach(names::addAll);
    dropped.contacts().forEach(contact -> names.add(contact.aorName()));
    if (!names.isEmpty()) {
      var unused = manager.ask(names.stream().map(name -> expire("aor", name)).toList());
    }
    return dropped;
  }

  private void forget(Set<String> keys) throws IOException {
    List<Action> actions = new ArrayList<>();
    for (String key : keys) {
      actions.add(expire("endpoint", key));
      actions.add(expire("auth", key));
    }
    var unused = manager.ask(actions);
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

  /** It is answered with an error when there is no such object; that is as good. */
  private static Action expire(String type, String name) {
    return new Action(
        "SorceryMemoryCacheExpireObject", Map.of("Cache", "res_pjsip/" + type, "Object", name));
  }
}
