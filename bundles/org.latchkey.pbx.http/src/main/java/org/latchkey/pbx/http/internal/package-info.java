/** Answers PBXs that ask in JSON at the PBX door. */
@NullMarked
package org.latchkey.pbx.http.internal;

import org.jspecify.annotations.NullMarked;
