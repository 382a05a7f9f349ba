/** Evidence of what was done, and the short memory of what happened to a phone. */
@Export
@Version("0.1.0")
@NullMarked
package org.latchkey.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
