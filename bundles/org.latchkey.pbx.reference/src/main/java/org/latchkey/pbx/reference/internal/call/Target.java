package org.latchkey.pbx.reference.internal.call;

import org.latchkey.admission.Originator;
import org.latchkey.pbx.reference.internal.transport.Flow;

/**
 * Where an INVITE is sent.
 *
 * @param flow the way there
 * @param uri what stands in its Request-URI then
 * @param who what is known of it
 */
record Target(Flow flow, String uri, Originator who) {}
