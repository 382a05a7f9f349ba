/**
 * What the key generating agent seals to a registrar node, and how. A plain library that both carry
 * privately, so that they can't differ.
 */
@NullMarked
package org.latchkey.sealing;

import org.jspecify.annotations.NullMarked;
