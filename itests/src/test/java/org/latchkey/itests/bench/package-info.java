/** Latchkey measured beside what else a PBX could ask. */
@NullMarked
package org.latchkey.itests.bench;

import org.jspecify.annotations.NullMarked;
