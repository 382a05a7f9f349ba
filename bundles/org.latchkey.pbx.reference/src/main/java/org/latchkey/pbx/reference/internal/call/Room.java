package org.latchkey.pbx.reference.internal.call;

import java.util.HashMap;
import java.util.Map;
import org.latchkey.admission.Originator;

/**
 * How much memory the transactions of one sort of calls hold, and how much of it each caller does.
 * It refuses nobody by itself: who opens a transaction asks first. On the SIP thread.
 */
final class Room {

  private final long most;
  private final long mostOfOne;
  private final Map<String, Long> heldByOne = new HashMap<>();
  private long held;

  /** Room for about {@code most} bytes, of which one caller should have {@code mostOfOne}. */
  Room(long most, long mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /** Whether there is room for one more transaction. */
  boolean isFree() {
    return held < most;
  }

  /** What the transactions of a key, a trunk, or all who proved nothing are counted to. */
  Account of(Originator who) {
    return new Account(
        who.fold(
            phone -> phone.keyIdentifier(), unproved -> "", trusted -> "trunk " + trusted.name()));
  }

  /** What is counted to the PBX itself. */
  Account ofOurs() {
    return new Account("");
  }

  private void add(String who, long bytes) {
    held += bytes;
    long now = heldByOne.getOrDefault(who, 0L) + bytes;
    if (now == 0) {
      heldByOne.remove(who);
    } else {
      heldByOne.put(who, now);
    }
  }

  /** What one caller holds. */
  final class Account {
    private final String who;

    private Account(String who) {
      this.who = who;
    }

    /** Whether there is room for one more transaction of this caller. */
    boolean isFree() {
      return Room.this.isFree() && heldByOne.getOrDefault(who, 0L) < mostOfOne;
    }

    /** What one transaction holds; nothing yet. */
    Share share() {
      return new Share(who);
    }
  }

  /** What one transaction holds now. */
  final class Share {
    private final String who;
    private long bytes;

    private Share(String who) {
      this.who = who;
    }

    /** It holds so many bytes from now on. */
    void hold(long now) {
      add(who, now - bytes);
      bytes = now;
    }
  }
}
