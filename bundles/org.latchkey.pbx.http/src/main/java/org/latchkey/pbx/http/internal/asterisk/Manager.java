package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Asterisk's manager interface (AMI). */
interface Manager {

  /**
   * Has an action done.
   *
   * @param action its name
   * @param fields its fields
   * @return the response, and behind it the events of a list
   * @throws IOException when Asterisk can't be reached, or refuses us altogether
   */
  List<Map<String, String>> ask(String action, Map<String, String> fields) throws IOException;
}
