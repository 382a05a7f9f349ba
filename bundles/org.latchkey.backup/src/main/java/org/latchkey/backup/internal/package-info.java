/** Makes backups and restores them. */
@NullMarked
package org.latchkey.backup.internal;

import org.jspecify.annotations.NullMarked;
