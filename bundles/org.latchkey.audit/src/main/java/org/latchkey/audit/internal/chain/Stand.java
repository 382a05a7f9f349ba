package org.latchkey.audit.internal.chain;

/** How an archive stands to the head that the process before kept. */
enum Stand {
  /** There is no such head. */
  UNTOLD,
  /** It ends before the head's record. */
  SHORT,
  /** It ends with the head's record. */
  ENDS,
  /** The head's record is followed by a start that is signed with the head's key. */
  STARTED,
  /** The head's record is followed by another one. */
  BEYOND,
  /** It has another record in the head's place. */
  DIFFERS;

  /** Whether it has the head's record. */
  boolean leadsToHead() {
    return this == ENDS || this == STARTED || this == BEYOND;
  }
}
