/** The short memory of what happened to each phone. */
@NullMarked
package org.latchkey.audit.internal;

import org.jspecify.annotations.NullMarked;
