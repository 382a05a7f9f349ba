/**
 * The key generating agent: custody of the enterprise master key, issuing, enrolments, revocation.
 */
@NullMarked
package org.latchkey.keyagent.internal;

import org.jspecify.annotations.NullMarked;
