/** What the tabulator key offers. */
@NullMarked
package org.latchkey.shell.internal.completion;

import org.jspecify.annotations.NullMarked;
