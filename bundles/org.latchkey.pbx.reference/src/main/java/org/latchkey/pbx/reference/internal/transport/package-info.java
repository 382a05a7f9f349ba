/** Sockets: listeners, connections, and the flows that phones are reached on. */
@NullMarked
package org.latchkey.pbx.reference.internal.transport;

import org.jspecify.annotations.NullMarked;
