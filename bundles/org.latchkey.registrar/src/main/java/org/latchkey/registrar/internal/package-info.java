/** The read-only custody of a registrar node. */
@NullMarked
package org.latchkey.registrar.internal;

import org.jspecify.annotations.NullMarked;
