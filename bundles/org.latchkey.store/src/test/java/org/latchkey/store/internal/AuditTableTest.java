package org.latchkey.store.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.latchkey.store.internal.Samples.NOON;
import static org.latchkey.store.internal.Samples.append;
import static org.latchkey.store.internal.Samples.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.key.StoreUnavailableException;

public class AuditTableTest {

  @Rule public final StoreRule store = new StoreRule();

  @Test
  public void entriesAreNumberedFromOneAndStay() {
    AuditEntry first = entry("key.issued", "1001@example.org");
    AuditEntry second = entry("key.revoked", "1001@example.org");
    append(store.audit(), first);
    store.restart();
    append(store.audit(), second);
    assertEquals(
        List.of(new AuditRecord(2, second), new AuditRecord(1, first)),
        store.audit().search(new AuditQuery("", "", 0, 10)));
  }

  @Test
  public void aPhoneIsFoundByEachOfItsNamesInAnySpelling() {
    append(store.audit(), entry("key.issued", "1001@example.org"));
    append(store.audit(), new AuditEntry(NOON, "a", "b.c", "k", "1002@b", "d", "2001:db8::1", ""));
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
    append(store.audit(), entry("key.issued", "1001@a"));
    append(store.audit(), entry("keyring.made", "1001@a"));
    append(store.audit(), entry("key.revoked", "1002@a"));
    assertEquals(List.of(3L, 1L), numbers(new AuditQuery("", "key.", 0, 10)));
    assertEquals(List.of(1L), numbers(new AuditQuery("1001", "key.", 0, 10)));
    assertEquals(List.of(), numbers(new AuditQuery("", "k_y.", 0, 10)));
    assertEquals(List.of(), numbers(new AuditQuery("", "%", 0, 10)));
  }

  @Test
  public void theNewestComeFirstAfterANumberAndUpToALimit() {
    append(store.audit(), entry("a.a", "1@a"), entry("a.b", "1@a"), entry("a.c", "1@a"));
    assertEquals(List.of(3L, 2L), numbers(new AuditQuery("1", "", 1, 10)));
    assertEquals(List.of(3L), numbers(new AuditQuery("1", "", 0, 1)));
    assertEquals(List.of(), numbers(new AuditQuery("", "", 3, 10)));
  }

  @Test
  public void recordsComeBackByNumberWithTheirHashes() {
    append(store.audit(), entry("a.a", "1@a"), entry("a.b", "1@a"), entry("a.c", "1@a"));
    List<ChainedRecord> two = store.audit().read(2, 5);
    assertEquals(List.of(2L, 3L), two.stream().map(ChainedRecord::number).toList());
    assertEquals("%064x".formatted(3), two.get(1).hash());
    assertEquals(Optional.of(two.get(1)), store.audit().last());
    assertEquals(List.of(), store.audit().read(4, 5));
  }

  @Test
  public void whatIsThereAlreadyIsPassedOverAndAGapIsRefused() {
    append(store.audit(), entry("a.a", "1@a"), entry("a.b", "1@a"));
    List<ChainedRecord> known = store.audit().read(1, 2);
    ChainedRecord third = new ChainedRecord(3, entry("a.c", "1@a"), "3".repeat(64));
    store.audit().write(List.of(known.get(1), third));
    assertEquals(List.of(3L, 2L, 1L), numbers(new AuditQuery("", "", 0, 10)));
    ChainedRecord fifth = new ChainedRecord(5, entry("a.e", "1@a"), "5".repeat(64));
    assertThrows(IllegalStateException.class, () -> store.audit().write(List.of(fifth)));
    assertEquals(List.of(3L, 2L, 1L), numbers(new AuditQuery("", "", 0, 10)));
  }

  @Test
  public void allRecordsAreShownInOrderUntilThatIsEnough() {
    AuditEntry[] many = new AuditEntry[2_500];
    Arrays.fill(many, entry("a.a", "1@a"));
    append(store.audit(), many);
    assertEquals(2_500, shown(2_500));
    assertEquals(1_001, shown(1_001));
  }

  @Test
  public void aTableThatIsAwaySaysSo() {
    AuditTable audit = store.audit();
    store.database().close();
    assertThrows(StoreUnavailableException.class, () -> append(audit, entry("key.issued", "1@a")));
    assertThrows(
        StoreUnavailableException.class, () -> audit.search(new AuditQuery("", "", 0, 10)));
  }

  private long shown(long atMost) {
    List<Long> shown = new ArrayList<>();
    store
        .audit()
        .readAll(
            new AuditArchive.Reader() {
              @Override
              public boolean record(ChainedRecord record) {
                shown.add(record.number());
                return shown.size() < atMost;
              }

              @Override
              public boolean unreadable() {
                throw new AssertionError("a row is always a record");
              }
            });
    assertEquals(LongStream.rangeClosed(1, shown.size()).boxed().toList(), shown);
    return shown.size();
  }

  private List<Long> numbers(AuditQuery query) {
    return store.audit().search(query).stream().map(AuditRecord::number).toList();
  }
}
