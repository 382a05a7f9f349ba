/** What each part says of its own health, for administrators. */
@Export
@Version("0.1.0")
@NullMarked
package org.latchkey.status;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
