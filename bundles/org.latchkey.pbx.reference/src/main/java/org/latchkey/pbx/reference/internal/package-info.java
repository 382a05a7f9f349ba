/** A small real registrar and proxy: the worked example of an integration. */
@NullMarked
package org.latchkey.pbx.reference.internal;

import org.jspecify.annotations.NullMarked;
