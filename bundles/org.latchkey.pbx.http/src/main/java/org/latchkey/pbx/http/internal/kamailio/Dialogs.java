package org.latchkey.pbx.http.internal.kamailio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.latchkey.pbx.http.internal.proxy.Rpc;

/** Kamailio's calls, with what our routes noted of each. Blocks for Kamailio. */
final class Dialogs {

  private final Rpc rpc;

  Dialogs(Rpc rpc) {
    this.rpc = rpc;
  }

  /**
   * A call.
   *
   * @param entry the first half of its name
   * @param id the second
   * @param variables what our routes noted
   */
  private record Dialog(Number entry, Number id, Map<String, String> variables) {

    boolean isOf(String keyIdentifier) {
      return keyIdentifier.equals(variables.get("latchkey_by"))
          || List.of(variables.getOrDefault("latchkey_to", "").split(",", -1))
              .contains(keyIdentifier);
    }

    boolean isPermitted() {
      return variables.containsKey("latchkey_permitted");
    }
  }

  /**
   * Ends the calls that a key makes or has taken, except those to a permitted destination.
   *
   * @return how many there were
   */
  int hangUp(String keyIdentifier) throws IOException {
    int ended = 0;
    for (Dialog dialog : all()) {
      if (dialog.isOf(keyIdentifier) && !dialog.isPermitted()) {
        rpc.call("dlg.end_dlg", List.of(dialog.entry(), dialog.id()));
        ended++;
      }
    }
    return ended;
  }

  private List<Dialog> all() throws IOException {
    List<Dialog> found = new ArrayList<>();
    if (rpc.call("dlg.list", List.of()).orElse(List.of()) instanceof List<?> list) {
      for (Object one : list) {
        if (one instanceof Map<?, ?> map
            && map.get("h_entry") instanceof Number entry
            && map.get("h_id") instanceof Number id) {
          found.add(new Dialog(entry, id, variables(map.get("variables"))));
        }
      }
    }
    return found;
  }

  private static Map<String, String> variables(@Nullable Object node) {
    Map<String, String> variables = new HashMap<>();
    if (node instanceof List<?> list) {
      for (Object one : list) {
        if (one instanceof Map<?, ?> map) {
          map.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
        }
      }
    }
    return variables;
  }
}
