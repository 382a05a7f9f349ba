/** The doors' certificates: the site's own authority, or the administrator's files. */
@NullMarked
package org.latchkey.https.internal.certificate;

import org.jspecify.annotations.NullMarked;
