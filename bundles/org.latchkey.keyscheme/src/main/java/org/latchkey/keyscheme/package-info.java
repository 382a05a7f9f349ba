/**
 * The key scheme, byte for byte: derivation, key identifiers, HA1. A plain library that each bundle
 * carries privately, so that agent and authenticator can't differ.
 */
@NullMarked
package org.latchkey.keyscheme;

import org.jspecify.annotations.NullMarked;
