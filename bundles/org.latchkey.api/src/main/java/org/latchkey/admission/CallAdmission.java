package org.latchkey.admission;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides whether a call may be routed. A PBX asks it on each INVITE outside a dialog, after it has
 * compared the destination with its own copy of the permitted destinations: emergency never waits
 * for this service.
 */
@ConsumerType
public interface CallAdmission {

  /**
   * Decides on one attempt from memory: takes microseconds, never blocks, never null, from any
   * thread. An exception or an absent service never means yes. What was decided is in the phones'
   * journal already.
   */
  AdmissionDecision admit(CallAttempt attempt);
}
