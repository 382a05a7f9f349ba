package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.internal.chain.Evidence.chain;
import static org.latchkey.audit.internal.chain.Evidence.entry;
import static org.latchkey.audit.internal.chain.Evidence.faults;
import static org.latchkey.audit.internal.chain.Evidence.withoutLinks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.ChainedRecord;

/** Where the chain goes on when the log starts, whatever the last process left. */
public class ChainStartTest {

  @Rule public final Evidence evidence = new Evidence();

  @Test
  public void theLongestSinkIsTheTruthAndTheOthersAreFilledFromIt() throws Exception {
    List<ChainedRecord> all = chain(30);
    for (int cut : new int[] {0, 1, 29, 30}) {
      MemoryArchive file = new MemoryArchive("file", all);
      MemoryArchive store = new MemoryArchive("store", all.subList(0, cut));
      ChainedAudit log = evidence.log(store, file);
      log.append(entry("key.next"));
      int found = cut < 30 ? 1 : 0;
      store.awaitRecords(31 + found);
      assertEquals(31 + found, file.records().size());
      assertEquals(file.records(), store.records());
      assertEquals(found > 0, file.actions().get(30).equals("audit.found"));
      assertEquals("", faults(log));
    }
  }

  @Test
  public void noFirstRecordIsMadeBeforeEveryArchiveHasSaidThatItHasNone() throws Exception {
    MemoryArchive file = new MemoryArchive("file");
    ChainedAudit log = evidence.logExpecting(2, file);
    assertThrows(AuditUnavailableException.class, () -> log.append(entry("key.issued")));
    assertEquals(List.of(), file.actions());
    MemoryArchive store = new MemoryArchive("store", withoutLinks(chain(7)));
    log.bindSink(store, Map.of());
    file.awaitRecords(8);
    assertEquals("audit.chain-begun", file.actions().get(7));
    log.append(entry("key.issued"));
    assertEquals("", faults(log));
  }

  /** As a store that is being recovered after a crash, with records that the file has not. */
  @Test
  public void anArchiveThatAnswersLateTakesNothingThatWasConfirmedMeanwhile() throws Exception {
    for (int more : new int[] {2, 5}) {
      List<ChainedRecord> shorter = chain(30);
      List<ChainedRecord> longer = new ArrayList<>(shorter);
      for (int i = 0; i < more; i++) {
        longer.add(Link.of(longer.get(longer.size() - 1)).next(entry("before.crash")));
      }
      MemoryArchive file = new MemoryArchive("file", shorter);
      LateArchive store = new LateArchive(new MemoryArchive("store", longer));
      ChainedAudit log = evidence.impatientLog(2, file, store);
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (file.actions().stream().filter("key.issued"::equals).count() < 3) {
        assertTrue("the file alone is not enough", System.nanoTime() < end);
        try {
          log.append(entry("key.issued"));
        } catch (AuditUnavailableException e) {
          // Where the chain goes on is not known yet.
          assertTrue(e.getMessage(), e.getMessage().contains("where it goes on"));
        }
      }
      store.answer();
      while (log.lanes().stream().noneMatch(lane -> lane.state() == Lane.State.FORKED)) {
        assertTrue("no conflict: " + log.lanes().get(1).state(), System.nanoTime() < end);
        log.append(entry("key.issued"));
      }
      assertEquals("before.crash", store.actions().get(30));
      assertEquals(30 + more, store.actions().size());
      assertEquals("key.issued", file.actions().get(30));
    }
  }

  @Test
  public void aFileAloneIsEnoughWhereThereIsNoStore() {
    MemoryArchive file = new MemoryArchive("file");
    ChainedAudit log = evidence.log(file);
    log.append(entry("key.issued"));
    assertEquals(List.of("audit.chain-begun", "key.issued"), file.actions());
  }

  @Test
  public void recordsOfBeforeTheChainStayAreCopiedAndCoveredByItsFirstRecord() throws Exception {
    List<ChainedRecord> old = chain(12);
    MemoryArchive store = new MemoryArchive("store", withoutLinks(old));
    MemoryArchive file = new MemoryArchive("file");
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    file.awaitRecords(14);
    store.awaitRecords(14);
    assertEquals(old, file.records().subList(0, 12));
    assertEquals(withoutLinks(old), store.records().subList(0, 12));
    assertEquals("audit.chain-begun", store.actions().get(12));
    assertTrue(store.records().get(12).entry().detail().startsWith("Records 1 to 12 "));
    assertEquals("", faults(log));

    ChainedRecord fifth = store.records().get(4);
    store.alter(4, new ChainedRecord(5, entry("key.forged"), fifth.hash()));
    assertEquals("In the store, record 5 was altered: the file has it as it was", faults(log));
    log.unbindSink(file);
    assertTrue(
        faults(log),
        faults(log)
            .startsWith("In the store, one of records 1 to 13 was altered: those before 13"));
    log.bindSink(file, Map.of());
    store.alter(4, fifth);
    ChainedRecord first = store.records().get(12);
    store.alter(12, new ChainedRecord(13, entry("audit.chain-begun"), first.hash()));
    assertEquals("In the store, record 13 was altered: the file has it as it was", faults(log));
  }

  @Test
  public void whileTheStoreIsAwayAtStartTheFileGoesOnAlone() throws Exception {
    List<ChainedRecord> all = chain(10);
    MemoryArchive file = new MemoryArchive("file", all);
    MemoryArchive store = new MemoryArchive("store", all);
    store.goneAway(true);
    ChainedAudit log = evidence.logExpecting(2, file, store);
    log.append(entry("key.issued"));
    assertEquals(11, file.records().size());
    store.goneAway(false);
    store.awaitRecords(11);
    assertEquals(file.records(), store.records());
  }

  @Test
  public void aLongerSinkThatComesLateIsGoneOnFromIfNothingWasAddedMeanwhile() throws Exception {
    List<ChainedRecord> all = chain(10);
    MemoryArchive file = new MemoryArchive("file", all.subList(0, 8));
    MemoryArchive store = new MemoryArchive("store", all);
    ChainedAudit log = evidence.logExpecting(2, file);
    awaitConfirmed(log, 7);
    log.bindSink(store, Map.of());
    file.awaitRecords(10);
    log.append(entry("key.issued"));
    store.awaitRecords(12);
    file.awaitRecords(12);
    assertEquals(file.records(), store.records());
    assertEquals("audit.found", file.actions().get(10));
    assertEquals("", faults(log));
  }

  @Test
  public void sinksThatDisagreeAreReportedAndNotRepaired() throws Exception {
    List<ChainedRecord> all = chain(10);
    MemoryArchive file = new MemoryArchive("file", all.subList(0, 8));
    MemoryArchive store = new MemoryArchive("store", all);
    ChainedAudit log = evidence.logExpecting(2, file);
    log.append(entry("key.other"));
    log.bindSink(store, Map.of());
    log.append(entry("key.other"));
    Evidence.awaitState(log, store, Lane.State.FORKED);
    log.append(entry("key.other"));
    assertEquals(all, store.records());
    assertEquals(11, file.records().size());
    assertTrue(faults(log.status()), faults(log.status()).contains("store is in conflict"));
    assertTrue(faults(log), faults(log).contains("Record 9 is not the same in the"));
  }

  @Test
  public void aSinkWhoseLastRecordsWereAlteredIsReportedAndItsForgeryCopiedNowhere()
      throws Exception {
    List<ChainedRecord> all = chain(10);
    MemoryArchive file = new MemoryArchive("file", all);
    file.alter(8, new ChainedRecord(9, entry("key.forged"), all.get(8).hash()));
    MemoryArchive store = new MemoryArchive("store", all.subList(0, 9));
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    store.awaitRecords(11);
    assertEquals(all, store.records().subList(0, 10));
    assertTrue(faults(log.status()), faults(log.status()).contains("In the file, record 9 "));
    assertEquals("In the file, record 9 was altered", faults(log));
  }

  private static void awaitConfirmed(ChainedAudit log, long after) throws InterruptedException {
    assertTrue(log.awaitAfter(after, Duration.ofSeconds(20)));
  }
}
