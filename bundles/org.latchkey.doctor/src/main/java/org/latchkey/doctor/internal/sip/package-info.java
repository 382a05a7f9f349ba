/** As much SIP over UDP as a probe needs to register, to call and to be called. */
@NullMarked
package org.latchkey.doctor.internal.sip;

import org.jspecify.annotations.NullMarked;
