/**
 * The registration-auth SPI: a PBX asks it on each REGISTER, and on any other method it challenges.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.latchkey.registration;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
