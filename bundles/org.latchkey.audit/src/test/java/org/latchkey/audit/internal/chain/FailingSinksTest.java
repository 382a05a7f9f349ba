package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.internal.chain.Evidence.entry;
import static org.latchkey.audit.internal.chain.Evidence.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditSink;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.ChainedRecord;

/** What happens to records, and to those who wait for them, when sinks fail or hang. */
public class FailingSinksTest {

  @Rule public final Evidence evidence = new Evidence();

  private final MemoryArchive file = new MemoryArchive("file");
  private final MemoryArchive store = new MemoryArchive("store");

  @Test
  public void aRecordIsInEverySinkWhenItIsAcknowledged() {
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    log.appendAll(List.of(entry("key.revoked"), entry("key.assigned")));
    assertEquals(
        List.of("audit.chain-begun", "key.issued", "key.revoked", "key.assigned"), file.actions());
    assertEquals(file.records(), store.records());
    assertEquals("", faults(log));
  }

  @Test
  public void whileAllFailEveryEntryIsRefused() {
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    file.goneAway(true);
    store.fullDisk(true);
    for (int i = 0; i < 20; i++) {
      AuditUnavailableException refused =
          assertThrows(AuditUnavailableException.class, () -> log.append(entry("key.issued")));
      assertTrue(refused.getMessage(), refused.getMessage().contains("the disk is full"));
    }
    assertEquals(List.of("audit.chain-begun", "key.issued"), file.actions());
    assertEquals(file.records(), store.records());
    assertTrue(log.status().get(0).words(), log.status().get(0).words().contains("disk is full"));
  }

  @Test
  public void whatWasRefusedAndStandsAllTheSameIsSaidToHaveComeToNothing() {
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    file.fullDisk(true);
    store.fullDisk(true);
    assertThrows(AuditUnavailableException.class, () -> log.append(entry("key.lost")));
    assertThrows(AuditUnavailableException.class, () -> log.append(entry("key.never")));
    file.fullDisk(false);
    store.fullDisk(false);
    log.append(entry("key.again"));
    assertEquals(
        List.of("audit.chain-begun", "key.issued", "key.lost", "audit.refused", "key.again"),
        file.actions());
    ChainedRecord said = file.records().get(3);
    assertTrue(said.entry().detail(), said.entry().detail().startsWith("Records 3 to 3 "));
    assertEquals("", faults(log));
  }

  @Test
  public void withOneOfTwoFailingAllSucceedAndTheOtherIsCaughtUp() throws Exception {
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    store.goneAway(true);
    for (int i = 0; i < 50; i++) {
      log.append(entry("key.issued"));
    }
    assertEquals(52, file.records().size());
    assertEquals(2, store.records().size());
    store.goneAway(false);
    store.awaitRecords(52);
    log.append(entry("key.issued"));
    store.awaitRecords(53);
    assertEquals(file.records(), store.records());
    file.goneAway(true);
    log.append(entry("key.issued"));
    file.goneAway(false);
    file.awaitRecords(54);
    assertEquals(store.records(), file.records());
    assertEquals("", faults(log));
  }

  @Test
  public void aGapLongerThanMemoryIsFilledFromTheOtherSink() throws Exception {
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    store.goneAway(true);
    for (int i = 0; i < 6; i++) {
      List<AuditEntry> many = new ArrayList<>();
      for (int k = 0; k < 1_000; k++) {
        many.add(entry("key.issued"));
      }
      log.appendAll(many);
    }
    store.goneAway(false);
    store.awaitRecords(6_002);
    assertEquals(file.records(), store.records());
  }

  @Test(timeout = 60_000)
  public void aSinkThatHangsIsCutOffAndNotWaitedForAgain() throws Exception {
    ChainedAudit log = evidence.impatientLog(file, store);
    log.append(entry("key.issued"));
    CountDownLatch hanging = store.hang();
    log.append(entry("key.issued"));
    int calls = store.calls();
    for (int i = 0; i < 200; i++) {
      log.append(entry("key.issued"));
    }
    assertEquals("asked again while it hangs", calls, store.calls());
    assertEquals(203, file.records().size());
    assertEquals(Lane.State.HANGING, laneState(log, store));
    String verified = log.verify(Optional.empty()).toString();
    assertTrue(verified, verified.contains("The store was not verified"));
    store.hangNoMore();
    hanging.countDown();
    store.awaitRecords(203);
    log.append(entry("key.issued"));
    store.awaitRecords(204);
    assertEquals(file.records(), store.records());
  }

  @Test(timeout = 60_000)
  public void whileAllHangEntriesAreRefusedAtOnceAfterTheFirst() {
    ChainedAudit log = evidence.impatientLog(file, store);
    log.append(entry("key.issued"));
    CountDownLatch one = file.hang();
    CountDownLatch two = store.hang();
    for (int i = 0; i < 100; i++) {
      assertThrows(AuditUnavailableException.class, () -> log.append(entry("key.lost")));
    }
    file.hangNoMore();
    store.hangNoMore();
    one.countDown();
    two.countDown();
    Evidence.awaitState(log, file, Lane.State.CURRENT);
    log.append(entry("key.again"));
    assertEquals(
        List.of("audit.chain-begun", "key.issued", "key.lost", "audit.refused", "key.again"),
        file.actions());
  }

  @Test
  public void twoSecondsIsWhatASinkHas() {
    assertEquals(Duration.ofSeconds(2), ChainWriter.Patience.USUAL.sink());
  }

  @Test
  public void theWordOfASinkThatKeepsNothingIsNotEnough() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    AuditSink collector =
        new AuditSink() {
          @Override
          public String name() {
            return "syslog";
          }

          @Override
          public void write(List<ChainedRecord> records) {
            records.forEach(record -> heard.add(record.entry().action()));
          }
        };
    ChainedAudit log = evidence.log(file, collector);
    log.append(entry("key.issued"));
    log.append(entry("key.issued"));
    file.goneAway(true);
    assertThrows(AuditUnavailableException.class, () -> log.append(entry("key.lost")));
    file.goneAway(false);
    log.append(entry("key.again"));
    String last = "";
    while (!last.equals("key.again")) {
      last = String.valueOf(heard.poll(20, TimeUnit.SECONDS));
      assertNotEquals("nothing more was heard", "null", last);
    }
  }

  @Test
  public void aCollectorGetsWhatIsWrittenFromNowOnAndNotAllAnew() throws Exception {
    file.write(Evidence.chain(10));
    BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
    AuditSink collector = collector(heard);
    ChainedAudit log = evidence.log(collector, file);
    log.append(entry("key.issued"));
    assertEquals(Long.valueOf(11), heard.poll(20, TimeUnit.SECONDS));
  }

  private static AuditSink collector(BlockingQueue<Long> heard) {
    return new AuditSink() {
      @Override
      public String name() {
        return "syslog";
      }

      @Override
      public void write(List<ChainedRecord> records) {
        records.forEach(record -> heard.add(record.number()));
      }
    };
  }

  @Test
  public void searchingGoesToASinkThatAnswers() {
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    file.goneAway(true);
    assertEquals(2, log.search(new AuditQuery("", "", 0, 10)).size());
    store.goneAway(true);
    assertThrows(AuditUnavailableException.class, () -> log.search(new AuditQuery("", "", 0, 10)));
  }

  private static Lane.State laneState(ChainedAudit log, MemoryArchive archive) {
    return log.lanes().stream()
        .filter(lane -> lane.sink() == archive)
        .findFirst()
        .orElseThrow()
        .state();
  }
}
