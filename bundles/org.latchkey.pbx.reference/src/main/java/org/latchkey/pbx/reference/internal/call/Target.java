package org.latchkey.pbx.reference.internal.call;

import java.util.Optional;
import java.util.function.Consumer;
import org.latchkey.admission.Originator;
import org.latchkey.pbx.reference.internal.transport.Flow;

/**
 * Where an INVITE is sent.
 *
 * @param flow the way there
 * @param uri what stands in its Request-URI then
 * @param who what is known of it
 * @param otherWay another way, when that one broke before anything came back
 */
record Target(Flow flow, String uri, Originator who, OtherWay otherWay) {

  /** The same target by another way. */
  Target by(Flow other) {
    return new Target(other, uri, who, otherWay);
  }

  /** Looks for a way beside one that broke. */
  @FunctionalInterface
  interface OtherWay {

    /** A phone is where it registered and nowhere else. */
    OtherWay NONE = (broken, then) -> then.accept(Optional.empty());

    /** Tells another way, or nothing when there is none. */
    void find(Flow broken, Consumer<Optional<Flow>> then);
  }
}
