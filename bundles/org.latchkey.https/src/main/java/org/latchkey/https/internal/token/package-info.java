/** Bearer tokens of PBXs. */
@NullMarked
package org.latchkey.https.internal.token;

import org.jspecify.annotations.NullMarked;
