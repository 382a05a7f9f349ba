/** The quarantine: decides on calls from memory, keeps holds, and records permitted calls. */
@NullMarked
package org.latchkey.quarantine.internal;

import org.jspecify.annotations.NullMarked;
