/** SIP messages: framing without loss, checks, and answers. */
@NullMarked
package org.latchkey.pbx.reference.internal.message;

import org.jspecify.annotations.NullMarked;
