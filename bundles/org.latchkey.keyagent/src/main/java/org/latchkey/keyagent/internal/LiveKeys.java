package org.latchkey.keyagent.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that phones are registered with, whether or not the store knows them.
 *
 * @param registrations one of each key, by its identifier
 * @param silent PBXs that did not say
 */
record LiveKeys(Map<String, Registration> registrations, List<String> silent) {

  private static final Logger LOG = LoggerFactory.getLogger(LiveKeys.class);

  /** Asks all of them; each may take up to 2 seconds. */
  static LiveKeys at(List<PbxControl> pbxs) {
    Map<String, Registration> live = new LinkedHashMap<>();
    List<String> silent = new ArrayList<>();
    for (PbxControl pbx : pbxs) {
      try {
        pbx.registrations().forEach(one -> live.putIfAbsent(one.keyIdentifier(), one));
      } catch (RuntimeException e) {
        LOG.warn("The PBX {} did not list its registrations", pbx.name(), e);
        silent.add(pbx.name());
      }
    }
    return new LiveKeys(live, silent);
  }

  /** Those of a generation that are none of these. */
  List<Registration> of(int generation, Set<String> known) {
    return registrations.values().stream()
        .filter(one -> !known.contains(one.keyIdentifier()))
        .filter(
            one ->
                KeyIdentifier.parse(one.keyIdentifier())
                    .filter(key -> key.generation() == generation)
                    .isPresent())
        .toList();
  }
}
