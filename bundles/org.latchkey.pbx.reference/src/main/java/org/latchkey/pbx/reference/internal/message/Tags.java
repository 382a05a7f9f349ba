package org.latchkey.pbx.reference.internal.message;

import java.security.SecureRandom;

/** To tags of our own answers: the same for a retransmission, another for anything else. */
public final class Tags {

  private final long salt = new SecureRandom().nextLong();

  /** The tag for the answers to a request (RFC 3261 section 8.2.6.2). */
  public String of(SipMessage request) {
    String branch = request.header("Via").flatMap(Via::of).map(Via::branch).orElse("");
    long mixed = salt;
    for (String part : new String[] {request.callId(), branch, request.tag("From")}) {
      for (int i = 0; i < part.length(); i++) {
        mixed = (mixed ^ part.charAt(i)) * 0x100000001b3L;
      }
      mixed = Long.rotateLeft(mixed ^ part.length(), 29) * 0x9e3779b97f4a7c15L;
    }
    return Long.toHexString(mixed);
  }
}
