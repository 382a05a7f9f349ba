/**
 * Key identifiers, secret keys, enrolments: what the key generating agent offers and what it keeps.
 */
@Export
@Version("0.3.0")
@NullMarked
package org.latchkey.key;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
