package org.latchkey.pbx.reference.internal.transport;

/** The transports of RFC 3261 section 18. */
public enum Transport {
  /** Datagrams: messages may be lost, and are sent again. */
  UDP,
  /** A stream in the clear. */
  TCP,
  /** A stream under TLS. */
  TLS;

  /** Whether what is sent arrives, so that nothing is sent again (RFC 3261 section 17). */
  public boolean isReliable() {
    return this != UDP;
  }
}
