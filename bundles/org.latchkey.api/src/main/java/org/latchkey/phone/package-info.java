/** Phone profiles: how an issued key becomes a phone's own configuration file. */
@Export
@Version("0.1.0")
@NullMarked
package org.latchkey.phone;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
