package org.latchkey.authenticator.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.latchkey.registration.RegisterRequest;

/**
 * Notices a phone that answers every stale challenge at once: some do so hundreds of times a second
 * for ever. A request without a Call-ID is never held to be in another's loop. A table of fixed
 * size: one call may push out another, which then gets more patience, never less.
 */
final class StaleLoops {

  /** How often in a row one call is told {@code stale=true}. */
  static final int MAX_IN_A_ROW = 3;

  private static final int SLOTS = 8192;

  private final AtomicReferenceArray<@Nullable Row> rows = new AtomicReferenceArray<>(SLOTS);
  private final long patienceMillis;

  private record Row(Call call, int stale, long lastMillis) {}

  /**
   * None seen.
   *
   * @param patienceMillis after so long without a stale challenge a row has ended
   */
  StaleLoops(long patienceMillis) {
    this.patienceMillis = patienceMillis;
  }

  /** Counts one more stale answer; false when there were enough in a row. */
  boolean mayBeTold(RegisterRequest request, long now) {
    Call call = Call.of(request);
    if (call.isAnybodys()) {
      return true;
    }
    int slot = slot(call);
    Row row = rows.get(slot);
    boolean inARow = row != null && row.call.equals(call) && now - row.lastMillis < patienceMillis;
    int before = inARow && row != null ? row.stale : 0;
    if (before >= MAX_IN_A_ROW) {
      return false;
    }
    rows.set(slot, new Row(call, before + 1, now));
    return true;
  }

  /** The phone's credentials were accepted: its row has ended. */
  void ended(RegisterRequest request) {
    Call call = Call.of(request);
    int slot = slot(call);
    Row row = rows.get(slot);
    if (row != null && row.call.equals(call)) {
      rows.compareAndSet(slot, row, null);
    }
  }

  private static int slot(Call call) {
    int hash = call.hashCode();
    return (hash ^ hash >>> 16) & (SLOTS - 1);
  }
}
