package org.latchkey.door;

/** The two HTTPS doors. */
public enum Door {
  /** For phones and the enrolment API: a client certificate is asked for, never required. */
  PHONES,
  /** For PBXs: a client certificate is demanded. */
  PBX
}
