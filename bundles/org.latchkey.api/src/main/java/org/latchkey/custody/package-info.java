/** Where master keys are kept, and how a site brings a place of its own. */
@Export
@Version("0.1.0")
@NullMarked
package org.latchkey.custody;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
