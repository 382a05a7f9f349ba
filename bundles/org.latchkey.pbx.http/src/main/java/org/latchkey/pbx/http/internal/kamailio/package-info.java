/** Kamailio: its RPC, its registrations, its configuration. */
@NullMarked
package org.latchkey.pbx.http.internal.kamailio;

import org.jspecify.annotations.NullMarked;
