package org.latchkey.key;

import java.time.Instant;

/**
 * A device that asked for a key and was refused.
 *
 * @param at when it last did
 * @param source its address
 * @param device the device identifier it gave, canonical; empty text when none
 * @param profile the profile that recognised it
 * @param userAgent its User-Agent, cleaned of control characters, at most 128 characters
 * @param reason why it was refused
 * @param times how often, since the first
 */
public record Knock(
    Instant at,
    String source,
    String device,
    String profile,
    String userAgent,
    DenialReason reason,
    int times) {}
