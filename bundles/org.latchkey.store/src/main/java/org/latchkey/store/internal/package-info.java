/** What must survive, in an embedded database on disk. */
@NullMarked
package org.latchkey.store.internal;

import org.jspecify.annotations.NullMarked;
