/** Asking Latchkey's services without ever waiting for them. */
@NullMarked
package org.latchkey.pbx.reference.internal.service;

import org.jspecify.annotations.NullMarked;
