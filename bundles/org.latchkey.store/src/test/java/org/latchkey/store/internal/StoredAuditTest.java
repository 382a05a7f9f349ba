package org.latchkey.store.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.latchkey.store.internal.Samples.NOON;
import static org.latchkey.store.internal.Samples.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditUnavailableException;

public class StoredAuditTest {

  @Rule public final StoreRule store = new StoreRule();

  @Test
  public void entriesAreNumberedFromOneAndStay() {
    AuditEntry first = entry("key.issued", "1001@example.org");
    AuditEntry second = entry("key.revoked", "1001@example.org");
    store.audit().append(first);
    store.restart();
    store.audit().appendAll(List.of(second));
    assertEquals(
        List.of(new AuditRecord(2, second), new AuditRecord(1, first)),
        store.audit().search(new AuditQuery("", "", 0, 10)));
  }

  @Test
  public void aPhoneIsFoundByEachOfItsNamesInAnySpelling() {
    store.audit().append(entry("key.issued", "1001@example.org"));
    store.audit().append(new AuditEntry(NOON, "a", "b.c", "k", "1002@b", "d", "2001:db8::1", ""));
    for (String name :
        new String[] {
          "1001", "1001@EXAMPLE.org", "80:5E:C0:00:00:01", "805ec0000001", "d0key", "192.0.2.7"
        }) {
      assertEquals(name, List.of(1L), numbers(new AuditQuery(name, "", 0, 10)));
    }
    assertEquals(List.of(2L), numbers(new AuditQuery("2001:0db8:0::1", "", 0, 10)));
    assertEquals(List.of(), numbers(new AuditQuery("100", "", 0, 10)));
  }

  @Test
  public void actionsAreFoundByTheirBeginningTakenLiterally() {
    store.audit().append(entry("key.issued", "1001@a"));
    store.audit().append(entry("keyring.made", "1001@a"));
    store.audit().append(entry("key.revoked", "1002@a"));
    assertEquals(List.of(3L, 1L), numbers(new AuditQuery("", "key.", 0, 10)));
    assertEquals(List.of(1L), numbers(new AuditQuery("1001", "key.", 0, 10)));
    assertEquals(List.of(), numbers(new AuditQuery("", "k_y.", 0, 10)));
    assertEquals(List.of(), numbers(new AuditQuery("", "%", 0, 10)));
  }

  @Test
  public void theNewestComeFirstAfterANumberAndUpToALimit() {
    store.audit().appendAll(List.of(entry("a.a", "1@a"), entry("a.b", "1@a"), entry("a.c", "1@a")));
    assertEquals(List.of(3L, 2L), numbers(new AuditQuery("1", "", 1, 10)));
    assertEquals(List.of(3L), numbers(new AuditQuery("1", "", 0, 1)));
    assertEquals(List.of(), numbers(new AuditQuery("", "", 3, 10)));
  }

  @Test
  public void numbersHaveNoGapsHoweverManyWriteAtOnce() throws Exception {
    int writers = 8;
    int each = 25;
    CyclicBarrier together = new CyclicBarrier(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        String aor = w + "@example.org";
        ends.add(
            threads.submit(
                () -> {
                  together.await();
                  for (int i = 0; i < each; i++) {
                    store.audit().append(entry("key.issued", aor));
                  }
                  return null;
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      threads.shutdownNow();
    }
    List<Long> numbers = new ArrayList<>(numbers(new AuditQuery("", "", 0, 10_000)));
    numbers.sort(null);
    assertEquals(LongStream.rangeClosed(1, (long) writers * each).boxed().toList(), numbers);
  }

  @Test
  public void anAuditLogThatIsAwaySaysSoAsAnAuditLog() {
    store.database().close();
    assertThrows(
        AuditUnavailableException.class, () -> store.audit().append(entry("key.issued", "1@a")));
    assertThrows(
        AuditUnavailableException.class, () -> store.audit().search(new AuditQuery("", "", 0, 10)));
  }

  private List<Long> numbers(AuditQuery query) {
    return store.audit().search(query).stream().map(AuditRecord::number).toList();
  }
}
