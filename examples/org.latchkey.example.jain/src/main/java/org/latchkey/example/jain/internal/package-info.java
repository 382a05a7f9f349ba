/** A registrar and redirect server on JAIN-SIP, and how it asks Latchkey. */
@NullMarked
package org.latchkey.example.jain.internal;

import org.jspecify.annotations.NullMarked;
