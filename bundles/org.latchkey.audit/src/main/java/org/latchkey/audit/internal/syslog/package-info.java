/** The sink that is a collector on the network. */
@NullMarked
package org.latchkey.audit.internal.syslog;

import org.jspecify.annotations.NullMarked;
