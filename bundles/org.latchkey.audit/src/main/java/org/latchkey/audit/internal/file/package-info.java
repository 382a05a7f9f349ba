/** The sink that is a file. */
@NullMarked
package org.latchkey.audit.internal.file;

import org.jspecify.annotations.NullMarked;
