package org.latchkey.keyagent.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.latchkey.key.Aor;
import org.latchkey.key.KeyRecord;

/**
 * An extension as a PBX's own table has it.
 *
 * @param name the user, with its domain only where several domains have this user
 * @param aor the address of record
 * @param keys the keys of its phones, at least one
 */
record LegacyExtension(String name, Aor aor, List<KeyRecord> keys) {

  LegacyExtension {
    keys = List.copyOf(keys);
  }

  /** Those of some keys, by user and domain. */
  static List<LegacyExtension> of(List<KeyRecord> keys) {
    Map<Aor, List<KeyRecord>> phones =
        new TreeMap<>(Comparator.comparing(Aor::user).thenComparing(Aor::domain));
    Map<String, Set<String>> domains = new HashMap<>();
    for (KeyRecord key : keys) {
      phones.computeIfAbsent(key.aor(), aor -> new ArrayList<>()).add(key);
      domains.computeIfAbsent(key.aor().user(), user -> new HashSet<>()).add(key.aor().domain());
    }
    List<LegacyExtension> extensions = new ArrayList<>();
    phones.forEach(
        (aor, of) -> {
          boolean alone = domains.getOrDefault(aor.user(), Set.of()).size() == 1;
          extensions.add(new LegacyExtension(alone ? aor.user() : aor.toString(), aor, of));
        });
    return List.copyOf(extensions);
  }

  /** Whether its name means nothing else in a configuration file, SQL or XML. */
  boolean isPlain() {
    return name.matches("[A-Za-z0-9+._~*@-]+");
  }
}
