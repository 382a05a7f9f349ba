/** The phones' files: profiles, and the resource below {@code /provision/} that serves them. */
@NullMarked
package org.latchkey.phones.internal;

import org.jspecify.annotations.NullMarked;
