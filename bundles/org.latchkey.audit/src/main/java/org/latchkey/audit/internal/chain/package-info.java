/** The hash chain: numbering, hashing, writing to all sinks, verifying, signing. */
@NullMarked
package org.latchkey.audit.internal.chain;

import org.jspecify.annotations.NullMarked;
