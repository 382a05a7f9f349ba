/** What a PBX adapter offers to the rest of Latchkey. */
@Export
@Version("0.1.0")
@NullMarked
package org.latchkey.pbx;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
