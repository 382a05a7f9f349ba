/** The audit log in backups. */
@NullMarked
package org.latchkey.audit.internal.backup;

import org.jspecify.annotations.NullMarked;
