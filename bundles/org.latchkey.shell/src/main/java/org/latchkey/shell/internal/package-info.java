/** What all commands share: finding services, printing, naming phones. */
@NullMarked
package org.latchkey.shell.internal;

import org.jspecify.annotations.NullMarked;
