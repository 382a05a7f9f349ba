package org.latchkey.audit;

import java.time.Instant;

/**
 * One thing that was done. Texts are empty where they do not apply; none ever holds a secret.
 *
 * @param at when
 * @param actor who: a user of the console, {@code doctor}, {@code phone}, a bundle's part
 * @param action what, as {@code subject.verb}: {@code key.issued}, {@code phone.held}
 * @param keyIdentifier the key concerned
 * @param aor the AOR concerned
 * @param device the canonical device identifier concerned
 * @param source the network address it came from
 * @param detail one sentence
 */
public record AuditEntry(
    Instant at,
    String actor,
    String action,
    String keyIdentifier,
    String aor,
    String device,
    String source,
    String detail) {}
