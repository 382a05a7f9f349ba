package org.latchkey.registrar.internal;

import java.util.List;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live registrations at the PBXs of this node.
 *
 * @param pbxs those PBXs
 */
record Registrations(List<PbxControl> pbxs) {

  private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

  /** Drops those whose key authenticates no more; phones with a password of their own stay. */
  void drop(Validity validity) {
    for (PbxControl pbx : pbxs) {
      try {
        pbx.registrations().stream()
            .map(Registration::keyIdentifier)
            .distinct()
            .filter(key -> !key.isEmpty() && !validity.authenticates(key))
            .forEach(pbx::drop);
      } catch (RuntimeException e) {
        LOG.warn("The PBX {} could not drop registrations", pbx.name(), e);
      }
    }
  }
}
