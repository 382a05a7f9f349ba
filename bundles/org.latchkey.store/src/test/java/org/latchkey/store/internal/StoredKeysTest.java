package org.latchkey.store.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.store.internal.Samples.NOON;
import static org.latchkey.store.internal.Samples.enrolment;
import static org.latchkey.store.internal.Samples.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Generation;
import org.latchkey.key.KeyRecord;

public class StoredKeysTest {

  @Rule public final StoreRule store = new StoreRule();

  private static final KeyRecord.Revocation LOST =
      new KeyRecord.Revocation(NOON.plusSeconds(9), "admin", "stolen", Optional.empty());

  @Test
  public void whatWasRecordedIsThereAfterARestart() {
    Generation generation = Generation.created(3, "c0ffee", NOON, "latchkey");
    Enrolment enrolment = enrolment("e1");
    KeyRecord key = key("d0key", enrolment);
    store.keys().addGeneration(generation);
    store.keys().addEnrolments(List.of(enrolment));
    assertTrue(store.keys().issue(key, enrolment));
    store.keys().registered("d0key", NOON.plusSeconds(70));

    store.restart();

    assertEquals(List.of(generation), store.keys().generations());
    assertEquals(Optional.of(enrolment.issued("d0key")), store.keys().enrolment("e1"));
    assertEquals(Optional.of(key.registered(NOON.plusSeconds(70))), store.keys().key("d0key"));
  }

  @Test
  public void aRandomKeyIdentifierHasNoDeviceAndNoName() {
    Enrolment nameless =
        new Enrolment(
            "e1",
            new Aor("Üser", "example.org"),
            Optional.empty(),
            255,
            Optional.empty(),
            false,
            Enrolment.CodeKind.URL,
            "hash",
            "admin",
            NOON,
            NOON,
            0,
            Optional.empty());
    store.keys().addEnrolments(List.of(nameless));
    assertTrue(store.keys().issue(key("d0key", nameless), nameless));

    assertEquals(List.of(nameless.issued("d0key")), store.keys().enrolments());
    assertEquals(List.of(key("d0key", nameless)), store.keys().keysOfUser("Üser"));
  }

  @Test
  public void keysAreFoundByAorUserAndDeviceNewestFirst() {
    List<KeyRecord> issued = new ArrayList<>();
    for (String id : List.of("e1", "e2", "e3")) {
      store.keys().addEnrolments(List.of(enrolment(id)));
      KeyRecord key = key("key-of-" + id, enrolment(id));
      assertTrue(store.keys().issue(key, enrolment(id)));
      issued.add(0, key);
    }

    assertEquals(issued, store.keys().keys());
    assertEquals(issued, store.keys().keysOf(new Aor("1001", "example.org")));
    assertEquals(issued, store.keys().keysOfUser("1001"));
    assertEquals(issued, store.keys().keysOfDevice("805ec0000001"));
    assertEquals(List.of(), store.keys().keysOf(new Aor("1001", "example.com")));
    assertEquals(List.of(), store.keys().keysOfUser("100"));
    assertEquals(List.of(), store.keys().keysOfDevice("805ec0000002"));
  }

  @Test
  public void enrolmentsAreFoundByCodeAndByDevice() {
    store.keys().addEnrolments(List.of(enrolment("e1"), enrolment("e2")));

    assertEquals(Optional.of(enrolment("e1")), store.keys().enrolmentByCodeHash("hash-of-e1"));
    assertEquals(Optional.empty(), store.keys().enrolmentByCodeHash("hash-of"));
    assertEquals(
        List.of(enrolment("e2"), enrolment("e1")), store.keys().enrolmentsOfDevice("805ec0000001"));
    assertEquals(List.of(), store.keys().enrolmentsOfDevice("805ec0000002"));
  }

  @Test
  public void manyEnrolmentsAreAddedAllOrNone() {
    store.keys().addEnrolments(List.of(enrolment("e7")));

    List<Enrolment> many = List.of(enrolment("e6"), enrolment("e7"), enrolment("e8"));
    assertThrows(IllegalArgumentException.class, () -> store.keys().addEnrolments(many));

    assertEquals(List.of(enrolment("e7")), store.keys().enrolments());
  }

  @Test
  public void anEnrolmentLeadsToOneKeyHoweverManyAsk() throws Exception {
    store.keys().addEnrolments(List.of(enrolment("e1")));
    int askers = 8;
    CyclicBarrier together = new CyclicBarrier(askers);
    ExecutorService threads = Executors.newFixedThreadPool(askers);
    try {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < askers; i++) {
        KeyRecord key = key("key" + i, enrolment("e1"));
        answers.add(
            threads.submit(
                () -> {
                  together.await();
                  return store.keys().issue(key, enrolment("e1"));
                }));
      }
      int issued = 0;
      for (Future<Boolean> answer : answers) {
        issued += answer.get() ? 1 : 0;
      }
      assertEquals(1, issued);
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, store.keys().keys().size());
    assertEquals(
        Optional.of(store.keys().keys().get(0).keyIdentifier()),
        store.keys().enrolment("e1").orElseThrow().keyIdentifier());
  }

  @Test
  public void aKeyIdentifierIsIssuedOnceAndTheLoserChangesNothing() {
    store.keys().addEnrolments(List.of(enrolment("e1"), enrolment("e2")));
    assertTrue(store.keys().issue(key("d0key", enrolment("e1")), enrolment("e1")));

    assertFalse(store.keys().issue(key("d0key", enrolment("e2")), enrolment("e2")));

    assertEquals(Optional.of(enrolment("e2")), store.keys().enrolment("e2"));
    assertEquals(1, store.keys().keys().size());
  }

  @Test
  public void noKeyIsIssuedWithoutItsEnrolment() {
    assertFalse(store.keys().issue(key("d0key", enrolment("e1")), enrolment("e1")));
    assertEquals(List.of(), store.keys().keys());
  }

  @Test
  public void anOlderCopyOfAnEnrolmentUndoesNeitherItsKeyNorAWrongTry() {
    Enrolment asAdded = enrolment("e1");
    store.keys().addEnrolments(List.of(asAdded));
    assertTrue(store.keys().issue(key("d0key", asAdded), asAdded));
    store.keys().updateEnrolment(asAdded.tried());

    store.keys().updateEnrolment(asAdded.endingAt(NOON.plusSeconds(1)));

    Enrolment now = store.keys().enrolment("e1").orElseThrow();
    assertEquals(asAdded.tried().endingAt(NOON.plusSeconds(1)).issued("d0key"), now);
  }

  @Test
  public void onlyTheFirstRegistrationIsNoted() {
    issue("e1", "d0key");
    store.keys().registered("d0key", NOON);
    store.keys().registered("d0key", NOON.plusSeconds(5));
    assertEquals(Optional.of(NOON), store.keys().key("d0key").orElseThrow().registeredAt());
  }

  @Test
  public void aKeyIsRevokedOnceAndForItsFirstReason() {
    issue("e1", "d0key");
    store.keys().revoke(List.of("d0key"), LOST, Optional.empty());
    KeyRecord.Revocation again =
        new KeyRecord.Revocation(NOON, "other", "again", Optional.of("e2"));
    store.keys().revoke(List.of("d0key"), again, Optional.of(enrolment("e2")));

    store.restart();

    assertEquals(Optional.of(LOST), store.keys().key("d0key").orElseThrow().revocation());
    assertEquals(Set.of("d0key"), store.keys().revoked());
    assertEquals(Optional.empty(), store.keys().enrolment("e2"));
  }

  @Test
  public void aSuccessorComesWithTheRevocationOrNotAtAll() {
    issue("e1", "d0key");
    KeyRecord.Revocation moved =
        new KeyRecord.Revocation(NOON, "admin", "moved", Optional.of("e1"));
    assertThrows(
        IllegalArgumentException.class,
        () -> store.keys().revoke(List.of("d0key"), moved, Optional.of(enrolment("e1"))));
    assertEquals(Set.of(), store.keys().revoked());

    KeyRecord.Revocation to2 = new KeyRecord.Revocation(NOON, "admin", "moved", Optional.of("e2"));
    store.keys().revoke(List.of("d0key"), to2, Optional.of(enrolment("e2")));
    assertEquals(Set.of("d0key"), store.keys().revoked());
    assertEquals(Optional.of(enrolment("e2")), store.keys().enrolment("e2"));
  }

  @Test
  public void aKeyWithoutARecordIsRevokedOnce() {
    store.keys().revoke(List.of("d0key"), LOST, Optional.empty());
    store.keys().revoke(List.of("d0key"), LOST, Optional.empty());
    store.restart();
    assertEquals(Set.of("d0key"), store.keys().revoked());
  }

  @Test
  public void whatIsNotThereCannotBeChanged() {
    assertThrows(
        IllegalArgumentException.class, () -> store.keys().updateEnrolment(enrolment("e1")));
  }

  @Test
  public void aGenerationIsNeverReplaced() {
    Generation first = Generation.created(0, "c0ffee", NOON, "latchkey");
    store.keys().addGeneration(first);
    assertThrows(
        IllegalArgumentException.class,
        () -> store.keys().addGeneration(Generation.created(0, "bad", NOON, "latchkey")));
    assertEquals(List.of(first), store.keys().generations());
  }

  private void issue(String enrolment, String keyIdentifier) {
    store.keys().addEnrolments(List.of(enrolment(enrolment)));
    assertTrue(store.keys().issue(key(keyIdentifier, enrolment(enrolment)), enrolment(enrolment)));
  }
}
