package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Answers as Asterisk 16.28 and 22.10 did, and notes what it was asked. */
final class RecordedAsterisk implements ManagerInterface {

  final List<String> asked = new ArrayList<>();
  final List<Map<String, String>> contacts = new ArrayList<>();
  final List<Map<String, String>> channels = new ArrayList<>();
  final List<Map<String, String>> told = new ArrayList<>();
  String made = "";
  boolean isThere = true;

  /** Contacts of these AORs are not deleted. */
  final Set<String> keeps = new HashSet<>();

  /** Told of each action when it was answered. */
  Consumer<String> afterwards = action -> {};

  int connections;

  /** A contact as both versions list it. */
  static Map<String, String> contact(String aor, String endpoint, String uri) {
    return Map.of(
        "Event", "ContactList",
        "ObjectName", aor + ";@64a9cdabacc1a3e38c012ff8d2d03543",
        "Endpoint", endpoint,
        "Uri", uri,
        "ViaAddr", "192.0.2.7",
        "ViaPort", "5062",
        "UserAgent", "desk phone",
        "ExpirationTime", "1795680042",
        "Status", "NonQualified");
  }

  static Map<String, String> channel(String name, String linked, String context) {
    return Map.of(
        "Event", "CoreShowChannel", "Channel", name, "Linkedid", linked, "Context", context);
  }

  /** A proof as both versions tell of it. */
  static Map<String, String> proof(String key, String address, String port) {
    return Map.of(
        "Event", "SuccessfulAuth",
        "Service", "PJSIP",
        "AccountID", key,
        "SessionID", "7fba81f120dd",
        "RemoteAddress", "IPV4/UDP/" + address + "/" + port,
        "UsingPassword", "1");
  }

  @Override
  public void hear(String kind, Consumer<Map<String, String>> listener) throws IOException {
    if (kind.equals("security")) {
      told.forEach(listener);
    }
    throw new IOException("Asterisk ended the connection");
  }

  @Override
  public List<List<Map<String, String>>> ask(Iterable<Action> actions) throws IOException {
    if (!isThere) {
      throw new IOException("Connection refused");
    }
    connections++;
    List<List<Map<String, String>>> answers = new ArrayList<>();
    for (Action action : actions) {
      answers.add(answer(action.name(), action.fields()));
      afterwards.accept(asked.get(asked.size() - 1));
    }
    return answers;
  }

  private List<Map<String, String>> answer(String action, Map<String, String> fields) {
    asked.add(action + " " + String.join(" ", new TreeMap<>(fields).values()));
    List<Map<String, String>> answer = new ArrayList<>();
    answer.add(Map.of("Response", "Success", "EventList", "start"));
    switch (action) {
      case "PJSIPShowContacts" -> answer.addAll(contacts);
      case "CoreShowChannels" -> answer.addAll(channels);
      case "ShowDialPlan" -> answer.add(Map.of("Event", "ListDialplan", "AppData", made));
      case "DBDel" -> {
        String name = fields.getOrDefault("Key", "");
        if (keeps.contains(name.substring(0, name.lastIndexOf(";@")))) {
          return List.of(Map.of("Response", "Error", "Message", "Permission denied"));
        }
        contacts.removeIf(contact -> name.equals(contact.get("ObjectName")));
      }
      default -> answer.set(0, Map.of("Response", "Success"));
    }
    answer.add(Map.of("EventList", "Complete"));
    return answer;
  }
}
