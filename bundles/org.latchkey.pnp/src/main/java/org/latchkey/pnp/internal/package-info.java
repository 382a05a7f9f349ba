/** SIP PnP: the answer to phones that ask the network where their files are. */
@NullMarked
package org.latchkey.pnp.internal;

import org.jspecify.annotations.NullMarked;
