package org.latchkey.pbx.reference.internal.transport;

import org.latchkey.key.DigestAlgorithm;

/**
 * A listener as it should be.
 *
 * @param transport its transport
 * @param bind the address or host name to listen on; {@code 0.0.0.0} for all
 * @param port the port; 0 takes a free one
 * @param algorithm what it challenges with
 */
public record ListenerSpec(Transport transport, String bind, int port, DigestAlgorithm algorithm) {}
