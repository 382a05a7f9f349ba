/** Backups: what goes into one, and how one is made and brought back. */
@Export
@Version("0.1.0")
@NullMarked
package org.latchkey.backup;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
