/** Who may call whom: the quarantine as a PBX asks it, and the permitted destinations. */
@Export
@Version("0.1.0")
@NullMarked
package org.latchkey.admission;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
