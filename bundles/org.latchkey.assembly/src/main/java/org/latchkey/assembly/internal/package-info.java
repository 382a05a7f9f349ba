/** What a fresh assembly does once, before anybody can log in. */
@NullMarked
package org.latchkey.assembly.internal;

import org.jspecify.annotations.NullMarked;
