package org.latchkey.pbx;

import java.time.Instant;
import org.latchkey.key.Aor;

/**
 * A live binding at a PBX (RFC 3261 section 10).
 *
 * @param aor the address of record
 * @param contact the URI it is reached at
 * @param keyIdentifier the key it was made with; empty text for an old phone with its own password
 * @param transport UDP, TCP or TLS
 * @param source the address it came from, {@code host:port}
 * @param userAgent what the phone calls itself; untrusted text
 * @param registeredAt when it was last refreshed
 * @param expiresAt when it ends
 */
public record Registration(
    Aor aor,
    String contact,
    String keyIdentifier,
    String transport,
    String source,
    String userAgent,
    Instant registeredAt,
    Instant expiresAt) {}
