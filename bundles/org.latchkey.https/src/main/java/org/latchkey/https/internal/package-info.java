/**
 * The doors as a component: settings, which resource answers which path, what they say of
 * themselves.
 */
@NullMarked
package org.latchkey.https.internal;

import org.jspecify.annotations.NullMarked;
