/** One connection at a door: TLS, limits, deadlines, HTTP. */
@NullMarked
package org.latchkey.https.internal.connection;

import org.jspecify.annotations.NullMarked;
