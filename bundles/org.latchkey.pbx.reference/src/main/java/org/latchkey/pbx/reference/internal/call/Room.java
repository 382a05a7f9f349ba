package org.latchkey.pbx.reference.internal.call;

/**
 * How much memory the transactions of one sort of calls hold. It refuses nobody by itself: who
 * opens a transaction asks first. On the SIP thread.
 */
final class Room {

  private final long most;
  private long held;

  /** Room for about so many bytes. */
  Room(long most) {
    this.most = most;
  }

  /** Whether there is room for one more transaction. */
  boolean isFree() {
    return held < most;
  }

  /** What one transaction holds; nothing yet. */
  Share share() {
    return new Share();
  }

  /** What one transaction holds now. */
  final class Share {
    private long bytes;

    private Share() {}

    /** It holds so many bytes from now on. */
    void hold(long now) {
      held += now - bytes;
      bytes = now;
    }
  }
}
