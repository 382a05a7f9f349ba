package org.latchkey.pbx.radius.internal;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.latchkey.key.Aor;
import org.latchkey.registration.RejectionReason;

/** What becomes of a question. */
sealed interface Verdict {

  /**
   * It comes from the holder of this AOR's key.
   *
   * @param keyIdentifier the key that proved itself
   * @param aor what for
   * @param responseAuth the server's own proof for the phone; empty when the client can't use it
   * @param noted whether who checked it has told listeners and the journal
   */
  record Accepted(String keyIdentifier, Aor aor, String responseAuth, boolean noted)
      implements Verdict {}

  /**
   * A nonce of ours to answer, with what belongs to it.
   *
   * @param fields in the order in which they go
   */
  record Challenged(Map<Field, String> fields) implements Verdict {
    /** Copies the map. */
    public Challenged {
      fields = Collections.unmodifiableMap(new EnumMap<>(fields));
    }
  }

  /**
   * No. All are alike on the wire.
   *
   * @param reason why; for the journal
   * @param noted whether who checked it has told the journal
   */
  record Refused(RejectionReason reason, boolean noted) implements Verdict {}

  /**
   * We can't know at present: silence, so that the client asks another server, and takes it for no
   * refusal of the phone.
   *
   * @param reason why, in words for an administrator
   */
  record Unknown(String reason) implements Verdict {}
}
