package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Asterisk's manager interface (AMI). */
interface ManagerInterface {

  /**
   * Has an action done.
   *
   * @param action its name
   * @param fields its fields
   * @return the response, and behind it the events of a list
   * @throws IOException when Asterisk can't be reached, or refuses us altogether
   */
  List<Map<String, String>> ask(String action, Map<String, String> fields) throws IOException;

  /**
   * Hears of what happens in Asterisk, until the connection or the calling thread is ended.
   *
   * @param kind the class of events, such as {@code security}
   * @param listener told of each, one after another
   * @throws IOException when Asterisk can't be reached, refuses us, or ends the connection
   */
  void hear(String kind, Consumer<Map<String, String>> listener) throws IOException;
}
