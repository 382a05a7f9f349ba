package org.latchkey.admission;

import java.time.Instant;

/**
 * A call that an adapter sent to a permitted destination, or had to refuse.
 *
 * @param at when
 * @param destination where to
 * @param originator who called, as proved
 * @param callId the Call-ID
 * @param routed whether it was routed; false when an unproved caller was one too many or came from
 *     outside the permitted networks, and when the target could not be reached; that may turn out
 *     after it was told to be on its way, and is told then
 */
public record PermittedCall(
    Instant at,
    PermittedDestinations.Destination destination,
    Originator originator,
    String callId,
    boolean routed) {}
