package org.latchkey.https.internal.connection;

/** What a connection is waiting for; each wait has its own deadline. */
enum Stage {
  /** The rest of a request's header, after its first byte or after the handshake. */
  HEADER,
  /** The rest of a request's body. */
  BODY,
  /** The resource that answers. */
  SERVING,
  /** The peer that takes the answer. */
  ANSWER,
  /** The next request on a connection that stays open. */
  IDLE,
  /** The peer's end, after a request that was refused before it was read. */
  LINGER
}
