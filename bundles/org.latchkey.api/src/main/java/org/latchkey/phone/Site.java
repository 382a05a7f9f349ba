package org.latchkey.phone;

import java.net.URI;

/**
 * Where a phone finds things.
 *
 * @param provisioning the base URI of the phones' door with {@code /provision/} at its end
 * @param caPem the certificates of our certificate authority in PEM; empty when the administrator's
 *     own certificate is in use
 */
public record Site(URI provisioning, String caPem) {}
