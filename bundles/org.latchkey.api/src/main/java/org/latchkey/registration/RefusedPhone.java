package org.latchkey.registration;

import java.time.Instant;
import org.latchkey.key.Aor;

/**
 * A phone whose REGISTERs are refused again and again: whoever asks from one address for one AOR.
 *
 * @param aor the AOR it wants to register; nothing of it is proved
 * @param source its network address, without port
 * @param keyIdentifier the key it names, when that was issued; empty text otherwise
 * @param reason why it was last refused
 * @param times how often in a row
 * @param since when the first of these was
 * @param last when the last of these was
 */
public record RefusedPhone(
    Aor aor,
    String source,
    String keyIdentifier,
    RejectionReason reason,
    int times,
    Instant since,
    Instant last) {}
