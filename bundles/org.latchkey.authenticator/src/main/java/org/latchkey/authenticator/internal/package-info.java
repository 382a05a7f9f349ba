/** Checks one digest: RFC 3261 section 22, RFC 7616, RFC 8760. */
@NullMarked
package org.latchkey.authenticator.internal;

import org.jspecify.annotations.NullMarked;
