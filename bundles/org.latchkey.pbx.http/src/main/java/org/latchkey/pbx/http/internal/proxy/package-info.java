/** What Kamailio and OpenSIPS have alike: their RPC, their revocations, their files. */
@NullMarked
package org.latchkey.pbx.http.internal.proxy;

import org.jspecify.annotations.NullMarked;
