/** The doctor: what it tries, in which order, and what it makes of what it sees. */
@NullMarked
package org.latchkey.doctor.internal;

import org.jspecify.annotations.NullMarked;
