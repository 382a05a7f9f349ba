/** OpenSIPS: its management interface, its registrations, its configuration. */
@NullMarked
package org.latchkey.pbx.http.internal.opensips;

import org.jspecify.annotations.NullMarked;
