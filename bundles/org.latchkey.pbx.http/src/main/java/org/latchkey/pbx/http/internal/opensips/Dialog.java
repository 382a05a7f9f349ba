package org.latchkey.pbx.http.internal.opensips;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A call as OpenSIPS' {@code dlg_list_ctx} gives it.
 *
 * @param id OpenSIPS' name of it
 * @param values what our routes noted
 */
record Dialog(String id, Map<String, String> values) {

  /** Copies the values. */
  Dialog {
    values = Map.copyOf(values);
  }

  /** The calls in what OpenSIPS answered, at any depth. */
  static List<Dialog> in(Object result) {
    List<Dialog> found = new ArrayList<>();
    collect(result, found);
    return found;
  }

  private static void collect(Object node, List<Dialog> found) {
    if (node instanceof List<?> list) {
      list.forEach(one -> collect(one, found));
    } else if (node instanceof Map<?, ?> map) {
      if (map.get("ID") != null && map.get("context") instanceof Map<?, ?> context) {
        Map<String, String> values = new HashMap<>();
        values(context.get("values") instanceof List<?> list ? list : List.of(), values);
        found.add(new Dialog(String.valueOf(map.get("ID")), values));
      } else {
        map.values().forEach(one -> collect(one, found));
      }
    }
  }

  private static void values(List<?> list, Map<String, String> values) {
    for (Object one : list) {
      if (one instanceof Map<?, ?> map) {
        map.forEach((name, value) -> values.put(String.valueOf(name), String.valueOf(value)));
      }
    }
  }

  boolean isOf(String keyIdentifier) {
    return keyIdentifier.equals(values.get("latchkey_by"))
        || List.of(values.getOrDefault("latchkey_to", "").split(",", -1)).contains(keyIdentifier);
  }

  boolean isPermitted() {
    return values.containsKey("latchkey_permitted");
  }
}
