/** Answers PBXs that ask over RADIUS. */
@NullMarked
package org.latchkey.pbx.radius.internal;

import org.jspecify.annotations.NullMarked;
