/**
 * Files that last, and how a restore takes their place. A plain library that each bundle carries
 * privately.
 */
@NullMarked
package org.latchkey.files;

import org.jspecify.annotations.NullMarked;
