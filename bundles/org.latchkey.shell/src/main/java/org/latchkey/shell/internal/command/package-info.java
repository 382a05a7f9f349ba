/** The commands of scope {@code latchkey}: each parses, makes one call and prints. */
@NullMarked
package org.latchkey.shell.internal.command;

import org.jspecify.annotations.NullMarked;
