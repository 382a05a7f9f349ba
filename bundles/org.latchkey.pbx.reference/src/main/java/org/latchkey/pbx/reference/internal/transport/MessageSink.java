package org.latchkey.pbx.reference.internal.transport;

import org.latchkey.pbx.reference.internal.message.SipMessage;

/** Takes what the sockets bring; always called on the one SIP thread, in order per flow. */
@FunctionalInterface
public interface MessageSink {

  /** A message came. */
  void received(SipMessage message, Flow flow);

  /** A connection ended; all that came on it was handed over before. */
  default void ended(Flow connection) {}
}
