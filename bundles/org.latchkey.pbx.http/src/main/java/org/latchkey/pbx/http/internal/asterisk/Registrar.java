package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latchkey.pbx.http.internal.asterisk.ManagerInterface.Action;

/** Asterisk's registrations, calls and caches, by its manager interface. Blocks for Asterisk. */
final class Registrar {

  private static final String PERMITTED = "latchkey-permitted";

  /** How old a list may be of which single keys are dropped; another look follows. */
  private static final Duration RECENT = Duration.ofSeconds(1);

  private final ManagerInterface manager;
  private final ProvedKeys proved;
  private final Clock clock;
  private List<Contact> recent = List.of();
  private Instant recentUntil = Instant.EPOCH;

  Registrar(ManagerInterface manager, ProvedKeys proved, Clock clock) {
    this.manager = manager;
    this.proved = proved;
    this.clock = clock;
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
   * Lets Asterisk forget a key, and removes the contacts that were registered with it. One of many
   * may be dropped by a list that is a second old.
   *
   * @return how many there were
   */
  int drop(String keyIdentifier, Set<String> aors) throws IOException {
    Map<String, Set<String>> keys = Map.of(keyIdentifier, aors);
    forget(keys.keySet());
    return remove(keys, recent()).size();
  }

  /**
   * The same of many keys, each with its AORs, by one list.
   *
   * @return the contacts that were there
   */
  List<Contact> drop(Map<String, Set<String>> keys) throws IOException {
    if (keys.isEmpty()) {
      return List.of();
    }
    forget(keys.keySet());
    return remove(keys, contacts());
  }

  private synchronized List<Contact> recent() throws IOException {
    if (!clock.instant().isBefore(recentUntil)) {
      recent = contacts();
      recentUntil = clock.instant().plus(RECENT);
    }
    return recent;
  }

  private void forget(Set<String> keys) throws IOException {
    List<Action> actions = new ArrayList<>();
    for (String key : keys) {
      actions.add(expire("endpoint", key));
      actions.add(expire("auth", key));
    }
    var unused = manager.ask(actions);
  }

  private List<Contact> remove(Map<String, Set<String>> keys, List<Contact> listed)
      throws IOException {
    Set<String> names = new TreeSet<>();
    keys.values().forEach(names::addAll);
    List<Contact> dropped = listed.stream().filter(c -> keys.containsKey(c.endpoint())).toList();
    List<Action> actions = new ArrayList<>();
    for (Contact contact : dropped) {
      names.add(contact.aorName());
      actions.add(
          new Action("DBDel", Map.of("Family", "registrar/contact", "Key", contact.name())));
    }
    names.forEach(name -> actions.add(expire("aor", name)));
    List<List<Map<String, String>>> answers = manager.ask(actions);
    for (int i = 0; i < dropped.size(); i++) {
      check(answers.get(i).get(0));
    }
    return dropped;
  }

  /** That there is none any more is as good. */
  private static void check(Map<String, String> answer) throws IOException {
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

  /** It is answered with an error when there is no such object; that is as good. */
  private static Action expire(String type, String name) {
    return new Action(
        "SorceryMemoryCacheExpireObject", Map.of("Cache", "res_pjsip/" + type, "Object", name));
  }
}
