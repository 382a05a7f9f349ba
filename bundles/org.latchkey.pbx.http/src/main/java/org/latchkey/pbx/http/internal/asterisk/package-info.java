/** Asterisk asks here by its realtime architecture, and its dialplan asks before it routes. */
@NullMarked
package org.latchkey.pbx.http.internal.asterisk;

import org.jspecify.annotations.NullMarked;
