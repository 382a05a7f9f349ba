/**
 * The conformance kit: what a PBX must do that was integrated with Latchkey, tried from outside.
 */
@NullMarked
package org.latchkey.itests.conformance;

import org.jspecify.annotations.NullMarked;
