package org.latchkey.keyagent.internal;

import java.util.Optional;
import org.latchkey.key.KeyRecord;
import org.latchkey.pbx.PbxControl;
import org.latchkey.phone.PhoneProfile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a phone to fetch its configuration, by the event that its family knows. */
final class FetchAgain {

  private static final Logger LOG = LoggerFactory.getLogger(FetchAgain.class);

  private final Neighbours neighbours;

  FetchAgain(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /** Tells the phone of a key at once; nothing where it is not registered or can't be told. */
  void tell(KeyRecord key) {
    try {
      event(key.profile())
          .ifPresent(
              event -> neighbours.pbxs().forEach(pbx -> tell(pbx, key.keyIdentifier(), event)));
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("The profile {} does not say how phones are told", key.profile(), e);
    }
  }

  private Optional<String> event(String profile) {
    return neighbours.profiles().stream()
        .filter(one -> one.name().equals(profile))
        .findFirst()
        .map(PhoneProfile::traits)
        .flatMap(traits -> traits.checkSyncEvent());
  }

  private static void tell(PbxControl pbx, String keyIdentifier, String event) {
    try {
      pbx.checkSync(keyIdentifier, event);
    } catch (RuntimeException e) {
      LOG.warn("The PBX {} could not tell {}", pbx.name(), keyIdentifier, e);
    }
  }
}
