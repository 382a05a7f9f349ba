package org.latchkey.pbx.reference.internal.call;

import java.util.Optional;
import org.latchkey.admission.Originator;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.Settings;

/**
 * Places for calls to phones: the phones have theirs, of which one key gets no more than a part,
 * and each trunk has its own, so that whoever forges the address of a trunk does not take those of
 * phones. On the SIP thread.
 */
final class CallPlaces {

  private final CallBacks callBacks;
  private final Places<String> phones = new Places<>();
  private final Places<String> trunks = new Places<>();

  CallPlaces(CallBacks callBacks) {
    this.callBacks = callBacks;
  }

  /** Takes a place for a call to a phone; empty when there is none for this caller. */
  Optional<Runnable> enter(Originator caller, Aor called, Settings settings) {
    return caller.fold(
        phone ->
            callBacks
                .enter(phone, called)
                .or(
                    () ->
                        phones.enter(
                            phone.keyIdentifier(),
                            settings.maxCallsPerPhone(),
                            settings.maxCalls())),
        unproved -> Optional.empty(),
        trunk ->
            callBacks
                .enter(trunk, called)
                .or(
                    () ->
                        trunks.enter(
                            trunk.name(), settings.maxCallsPerTrunk(), Integer.MAX_VALUE)));
  }
}
