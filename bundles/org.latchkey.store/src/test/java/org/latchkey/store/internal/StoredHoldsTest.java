package org.latchkey.store.internal;

import static org.junit.Assert.assertEquals;
import static org.latchkey.store.internal.Samples.NOON;

import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.admission.Hold;

public class StoredHoldsTest {

  @Rule public final StoreRule store = new StoreRule();

  private static final Hold HELD =
      new Hold("d0key", Hold.Kind.HELD, "left on a train", "admin", NOON);
  private static final Hold WAITS =
      new Hold("d0key", Hold.Kind.AWAITS_APPROVAL, "enrolment", "agent", NOON.plusSeconds(1));

  @Test
  public void aKeyMayBeHeldAndWaitForApprovalAtOnceAndStaysSo() {
    store.holds().add(HELD);
    store.holds().add(WAITS);
    store.restart();
    assertEquals(List.of(HELD, WAITS), store.holds().holds());
  }

  @Test
  public void aSecondHoldOfTheSameKindReplacesTheFirst() {
    store.holds().add(HELD);
    Hold again = new Hold("d0key", Hold.Kind.HELD, "found, not trusted", "operator", NOON);
    store.holds().add(again);
    assertEquals(List.of(again), store.holds().holds());
  }

  @Test
  public void onlyTheHoldOfThatKindIsRemoved() {
    store.holds().add(HELD);
    store.holds().add(WAITS);
    store.holds().remove("d0key", Hold.Kind.HELD);
    store.holds().remove("d0other", Hold.Kind.AWAITS_APPROVAL);
    assertEquals(List.of(WAITS), store.holds().holds());
  }

  @Test
  public void manyAreAddedAndRemovedAtOnce() {
    Hold left = new Hold("d0key", Hold.Kind.LEFT_BEHIND, "retired", "admin", NOON.plusSeconds(2));
    store.holds().add(HELD);
    store.holds().addAll(List.of(left, left));
    store.restart();
    assertEquals(List.of(HELD, left), store.holds().holds());
    store.holds().removeAll(List.of("d0key", "d0other"), Hold.Kind.LEFT_BEHIND);
    assertEquals(List.of(HELD), store.holds().holds());
  }
}
