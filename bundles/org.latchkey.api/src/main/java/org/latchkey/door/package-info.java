/** Resources that the HTTPS doors serve on behalf of other bundles. */
@Export
@Version("0.3.0")
@NullMarked
package org.latchkey.door;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
