package org.latchkey.store.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
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
import org.latchkey.key.Enrolment;
import org.latchkey.key.KeyRecord;

/** Keys that end together with enrolments. */
public class StoredEndsTest {

  @Rule public final StoreRule store = new StoreRule();

  private static final KeyRecord.Revocation EARLY =
      new KeyRecord.Revocation(NOON.minusSeconds(9), "admin", "stolen", Optional.empty());

  @Test
  public void ofTwoWhoReplaceACodeHashOneAloneDoes() {
    store.keys().addEnrolments(List.of(enrolment("e1")));
    String before = enrolment("e1").codeHash();
    assertTrue(store.keys().replaceCodeHash("e1", before, ":x@10.0.0.1"));
    assertFalse(store.keys().replaceCodeHash("e1", before, ":x@10.0.0.2"));
    assertFalse(store.keys().replaceCodeHash("e2", before, ":x@10.0.0.3"));
    assertEquals(":x@10.0.0.1", store.keys().enrolment("e1").orElseThrow().codeHash());
  }

  @Test
  public void keysAndWindowsEndAtTheSameMoment() {
    issue("e1", "key1");
    issue("e2", "key2");
    store.keys().addEnrolments(List.of(enrolment("e3"), enrolment("e4")));
    Enrolment over = enrolment("e4").endingAt(NOON.minusSeconds(60));
    store.keys().updateEnrolment(over);

    store.keys().end(List.of("key1", "key2"), List.of("e2", "e3", "e4"), EARLY);
    store.restart();

    assertEquals(Set.of("key1", "key2"), store.keys().revoked());
    assertEquals(Optional.of(EARLY), store.keys().key("key1").orElseThrow().revocation());
    assertEquals(
        "it has led to a key",
        Optional.of(enrolment("e2").issued("key2")),
        store.keys().enrolment("e2"));
    assertEquals(Optional.of(enrolment("e3").endingAt(EARLY.at())), store.keys().enrolment("e3"));
    assertEquals(Optional.of(over), store.keys().enrolment("e4"));
  }

  @Test
  public void howeverManyEndThemTheFirstReasonStandsAndAllIsEnded() throws Exception {
    issue("e1", "key1");
    issue("e2", "key2");
    store.keys().addEnrolments(List.of(enrolment("e3")));
    int askers = 6;
    CyclicBarrier together = new CyclicBarrier(askers);
    ExecutorService threads = Executors.newFixedThreadPool(askers);
    try {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < askers; i++) {
        List<String> keys = i % 2 == 0 ? List.of("key1", "key2", "key1") : List.of("key2");
        answers.add(
            threads.submit(
                () -> {
                  together.await();
                  store.keys().end(keys, List.of("e3"), EARLY);
                  return true;
                }));
      }
      for (Future<Boolean> answer : answers) {
        assertTrue(answer.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(Set.of("key1", "key2"), store.keys().revoked());
    assertEquals(EARLY.at(), store.keys().enrolment("e3").orElseThrow().expiresAt());
  }

  private void issue(String enrolment, String keyIdentifier) {
    store.keys().addEnrolments(List.of(enrolment(enrolment)));
    assertTrue(store.keys().issue(key(keyIdentifier, enrolment(enrolment)), enrolment(enrolment)));
  }
}
