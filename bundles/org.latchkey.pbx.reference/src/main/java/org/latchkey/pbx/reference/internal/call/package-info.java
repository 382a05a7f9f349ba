/** Transactions, calls and where they may go. */
@NullMarked
package org.latchkey.pbx.reference.internal.call;

import org.jspecify.annotations.NullMarked;
