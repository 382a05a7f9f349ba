package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Asterisk's manager interface (AMI). */
interface ManagerInterface {

  /**
   * Something to be done.
   *
   * @param name what AMI calls it
   * @param fields its fields
   */
  record Action(String name, Map<String, String> fields) {

    /** Checks that nothing ends a line. */
    public Action {
      fields = Map.copyOf(fields);
      fields.forEach(
          (field, value) -> {
            if (value.chars().anyMatch(c -> c == '\r' || c == '\n')) {
              throw new IllegalArgumentException(field + " has a line break in it");
            }
          });
    }
  }

  /**
   * Has actions done, one after another.
   *
   * @param actions what is to be done; each is taken when the one before it was answered
   * @return for each the response, and behind it the events of a list
   * @throws IOException when Asterisk can't be reached, or refuses us altogether
   */
  List<List<Map<String, String>>> ask(Iterable<Action> actions) throws IOException;

  /**
   * Has one action done.
   *
   * @param action its name
   * @param fields its fields
   * @return the response, and behind it the events of a list
   * @throws IOException when Asterisk can't be reached, or refuses us altogether
   */
  default List<Map<String, String>> ask(String action, Map<String, String> fields)
      throws IOException {
    return ask(List.of(new Action(action, fields))).get(0);
  }

  /**
   * Hears of what happens in Asterisk, until the connection or the calling thread is ended.
   *
   * @param kind the class of events, such as {@code security}
   * @param listener told of each, one after another
   * @throws IOException when Asterisk can't be reached, refuses us, or ends the connection
   */
  void hear(String kind, Consumer<Map<String, String>> listener) throws IOException;
}
