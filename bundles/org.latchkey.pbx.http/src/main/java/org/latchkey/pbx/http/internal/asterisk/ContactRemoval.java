package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latchkey.pbx.http.internal.asterisk.ManagerInterface.Action;

/**
 * The removal of the contacts of ended keys from the registrar's table. A phone that has its next
 * key registers under the name of the contact that is to go, so each is looked at again just before
 * it goes, and no list is good for more than a hundred.
 */
final class ContactRemoval {

  private static final int MOST_BY_ONE_LIST = 100;

  private final ManagerInterface manager;
  private final ProvedKeys proved;
  private final Set<String> keys;
  private final Set<String> tried = new HashSet<>();
  private final List<Contact> removed = new ArrayList<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  ContactRemoval(ManagerInterface manager, ProvedKeys proved, Set<String> keys) {
    this.manager = manager;
    this.proved = proved;
    this.keys = keys;
  }

  /**
   * What became of the contacts.
   *
   * @param contacts those that are no more
   * @param refused keys that have a contact which Asterisk did not delete, and what it said
   */
  record Dropped(List<Contact> contacts, Map<String, String> refused) {

    /** Takes copies. */
    Dropped {
      contacts = List.copyOf(contacts);
      refused = Map.copyOf(refused);
    }

    /** What was refused, in words; empty when nothing was. */
    String problem() {
      return refused.entrySet().stream()
          .findFirst()
          .map(
              one ->
                  "registrations of %d ended keys were not deleted, %s for one; it says: %s"
                      .formatted(refused.size(), one.getKey(), one.getValue()))
          .orElse("");
    }
  }

  /** Lists all contacts, those of ended keys among them. */
  interface Look {
    List<Contact> contacts() throws IOException;
  }

  /** Removes them all, whichever of them are refused. */
  Dropped run(Look look) throws IOException {
    boolean isMore = true;
    while (isMore) {
      List<Contact> left =
          look.contacts().stream()
              .filter(contact -> keys.contains(contact.endpoint()))
              .filter(contact -> !tried.contains(contact.name()))
              .toList();
      isMore = left.size() > MOST_BY_ONE_LIST;
      if (!left.isEmpty()) {
        remove(left.subList(0, Math.min(MOST_BY_ONE_LIST, left.size())));
      }
    }
    return new Dropped(removed, refused);
  }

  private void remove(List<Contact> listed) throws IOException {
    listed.forEach(contact -> tried.add(contact.name()));
    List<Contact> asked = new ArrayList<>();
    // A stream hands out one at a time, so its filter sees what was proved until then.
    List<List<Map<String, String>>> answers =
        manager.ask(
            () ->
                listed.stream()
                    .filter(contact -> keys.contains(proved.owned(contact).endpoint()))
                    .map(contact -> deletion(contact, asked))
                    .iterator());
    for (int i = 0; i < asked.size(); i++) {
      Map<String, String> answer = answers.get(i).get(0);
      if (isGone(answer)) {
        removed.add(asked.get(i));
      } else {
        refused.put(asked.get(i).endpoint(), answer.getOrDefault("Message", "nothing"));
      }
    }
  }

  private static Action deletion(Contact contact, List<Contact> asked) {
    asked.add(contact);
    return new Action("DBDel", Map.of("Family", "registrar/contact", "Key", contact.name()));
  }

  /** That there was none any more is as good. */
  private static boolean isGone(Map<String, String> answer) {
    return "Success".equals(answer.get("Response"))
        || answer.getOrDefault("Message", "").contains("not found");
  }
}
