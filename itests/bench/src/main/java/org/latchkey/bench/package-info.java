/** What one verification costs. */
@NullMarked
package org.latchkey.bench;

import org.jspecify.annotations.NullMarked;
