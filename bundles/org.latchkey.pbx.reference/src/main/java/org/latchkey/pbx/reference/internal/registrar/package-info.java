/** Who is registered where. */
@NullMarked
package org.latchkey.pbx.reference.internal.registrar;

import org.jspecify.annotations.NullMarked;
