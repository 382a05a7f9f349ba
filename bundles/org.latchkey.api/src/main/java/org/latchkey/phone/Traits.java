package org.latchkey.phone;

import java.util.Optional;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;

/**
 * What a family of phones can do.
 *
 * @param algorithm the digest algorithm it registers with
 * @param form how long a key identifier it can hold
 * @param callsUnregistered whether it dials while not registered; where not, its limited ability is
 *     a registered phone in quarantine
 * @param checkSyncEvent the Event header that makes it fetch again; empty when none does
 */
public record Traits(
    DigestAlgorithm algorithm,
    IdentifierForm form,
    boolean callsUnregistered,
    Optional<String> checkSyncEvent) {}
