package org.latchkey.door;

/** The two HTTPS doors, and the listener without TLS. */
public enum Door {
  /** For phones and the enrolment API: a client certificate is asked for, never required. */
  PHONES,
  /**
   * For PBXs: a client certificate is demanded; where there are {@link PbxTokens}, a peer without
   * one shows a bearer token with each request.
   */
  PBX,
  /**
   * For phones that can't check our certificate yet: plain HTTP, off unless it is wanted. What is
   * served here everybody can read and alter: never a secret. Requests come without query, headers
   * other than User-Agent, and certificates.
   */
  BOOTSTRAP
}
