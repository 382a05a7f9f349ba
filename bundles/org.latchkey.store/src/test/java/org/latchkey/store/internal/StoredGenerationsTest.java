package org.latchkey.store.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.store.internal.Samples.NOON;
import static org.latchkey.store.internal.Samples.enrolment;
import static org.latchkey.store.internal.Samples.key;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;
import org.latchkey.key.KeyRecord;

/** Generations live through all their states, and keys follow one another. */
public class StoredGenerationsTest {

  @Rule public final StoreRule store = new StoreRule();

  @Test
  public void aGenerationLivesThroughItsStatesAndIsKeptInEach() {
    Generation now = Generation.created(3, "c0ffee", NOON, "latchkey");
    store.keys().addGeneration(now);
    for (State next : State.values()) {
      if (next != State.CREATED) {
        now = now.advanced(next, NOON.plusSeconds(place(next)));
        store.keys().advance(List.of(now));
      }
      store.restart();
      assertEquals(List.of(now), store.keys().generations());
    }
  }

  @Test
  public void noStateIsLeftOutAndNoneIsGoneBackTo() {
    for (State from : State.values()) {
      store.keys().addGeneration(in(from, place(from)));
    }
    for (State from : State.values()) {
      for (State to : State.values()) {
        boolean follows = to == from || to.before().equals(Optional.of(from));
        if (!follows) {
          assertThrows(
              from + " to " + to,
              IllegalArgumentException.class,
              () -> store.keys().advance(List.of(in(to, place(from)))));
        }
      }
    }
    assertEquals(
        List.of(State.values()),
        store.keys().generations().stream().map(Generation::state).toList());
  }

  @Test
  public void oneIssuesAtMostAndTheChangeIsWholeOrNotAtAll() {
    store.keys().addGeneration(in(State.ISSUING, 1));
    store.keys().addGeneration(in(State.DISTRIBUTED, 2));
    assertThrows(
        IllegalArgumentException.class, () -> store.keys().advance(List.of(in(State.ISSUING, 2))));
    List<Generation> before = store.keys().generations();
    assertThrows(
        IllegalArgumentException.class,
        () -> store.keys().advance(List.of(in(State.VERIFY_ONLY, 1), in(State.VERIFY_ONLY, 2))));
    assertEquals(before, store.keys().generations());
    store.keys().advance(List.of(in(State.VERIFY_ONLY, 1).asCompromised(), in(State.ISSUING, 2)));
    assertTrue(store.keys().generations().get(0).compromised());
    assertEquals(State.ISSUING, store.keys().generations().get(1).state());
  }

  @Test
  public void oneThatNeverIssuesTakesItsStepsInOneGoBesideTheOneThatDoes() {
    store.keys().addGeneration(in(State.ISSUING, 1));
    store.keys().addGeneration(in(State.DISTRIBUTED, 2));
    store
        .keys()
        .advance(List.of(in(State.ISSUING, 2), in(State.VERIFY_ONLY, 2), in(State.RETIRED, 2)));
    assertEquals(
        List.of(State.ISSUING, State.RETIRED),
        store.keys().generations().stream().map(Generation::state).toList());
  }

  @Test
  public void aKeyIsReplacedOnceAndBothAreThere() {
    Enrolment enrolment = issued("e1", "d0old");
    KeyRecord next = of(4, "d0new", enrolment);
    assertFalse(store.keys().replace(next, "d0other"));
    assertTrue(store.keys().replace(next, "d0old"));
    assertFalse(store.keys().replace(of(4, "d0third", enrolment), "d0old"));
    assertEquals(Optional.of("d0new"), store.keys().key("d0old").orElseThrow().replacedBy());
    assertEquals(Optional.of(next), store.keys().key("d0new"));
    assertEquals(Optional.of("d0new"), store.keys().enrolment("e1").orElseThrow().keyIdentifier());
  }

  @Test
  public void oneEnrolmentHasOneKeyOfEachGeneration() {
    Enrolment enrolment = issued("e1", "d0old");
    assertFalse(store.keys().replace(of(3, "d0new", enrolment), "d0old"));
    assertEquals(Optional.of("d0old"), store.keys().enrolment("e1").orElseThrow().keyIdentifier());
  }

  @Test
  public void onlyKeysWhosePhoneUsesTheNextOneAreRevokedAsReplaced() {
    assertTrue(store.keys().replace(of(4, "d0new1", issued("e1", "d0moved")), "d0moved"));
    assertTrue(store.keys().replace(of(4, "d0new2", issued("e2", "d0fetched")), "d0fetched"));
    issued("e3", "d0left");
    store.keys().registered("d0new1", NOON);
    Set<String> revoked = store.keys().revokeReplaced(3, NOON, "anna", "replaced");
    assertEquals(Set.of("d0moved"), revoked);
    assertEquals(Set.of("d0moved"), store.keys().revoked());
    assertEquals(
        Optional.of("e1"),
        store.keys().key("d0moved").orElseThrow().revocation().orElseThrow().successor());
    assertEquals(Set.of(), store.keys().revokeReplaced(3, NOON, "anna", "replaced"));
  }

  @Test
  public void revocationsHoldUntilTheirGenerationIsDestroyed() {
    store.keys().addGeneration(in(State.RETIRED, 3));
    issued("e1", "d0key");
    store
        .keys()
        .revoke(
            List.of("d0key"),
            new KeyRecord.Revocation(NOON, "anna", "lost", Optional.empty()),
            Optional.empty());
    assertEquals(Set.of("d0key"), store.keys().revoked());
    store.keys().advance(List.of(in(State.DESTROYED, 3)));
    assertEquals(Set.of(), store.keys().revoked());
    assertTrue(store.keys().key("d0key").orElseThrow().revocation().isPresent());
  }

  private Enrolment issued(String id, String keyIdentifier) {
    Enrolment enrolment = enrolment(id);
    store.keys().addEnrolments(List.of(enrolment));
    assertTrue(store.keys().issue(key(keyIdentifier, enrolment), enrolment.issued(keyIdentifier)));
    return enrolment;
  }

  private static KeyRecord of(int generation, String keyIdentifier, Enrolment enrolment) {
    KeyRecord k = key(keyIdentifier, enrolment);
    return new KeyRecord(
        keyIdentifier,
        generation,
        k.aor(),
        k.realm(),
        k.device(),
        k.line(),
        k.least(),
        k.profile(),
        k.displayName(),
        k.enrolment(),
        k.issueCounter(),
        k.issuedAt(),
        k.registeredAt(),
        k.revocation());
  }

  private static int place(State state) {
    return List.of(State.values()).indexOf(state);
  }

  private static Generation in(State state, int number) {
    return Generation.created(number, "c0ffee" + number, NOON, "latchkey").found(state);
  }
}
