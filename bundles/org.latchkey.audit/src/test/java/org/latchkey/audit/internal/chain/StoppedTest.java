package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.internal.chain.Evidence.chain;
import static org.latchkey.audit.internal.chain.Evidence.entry;
import static org.latchkey.audit.internal.chain.Evidence.faults;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.audit.AuditSink;
import org.latchkey.audit.ChainedRecord;

/** What somebody added to archives, or put back, while nothing ran. */
public class StoppedTest {

  @Rule public final Evidence evidence = new Evidence();

  private final MemoryArchive file = new MemoryArchive("file");
  private final MemoryArchive store = new MemoryArchive("store");

  @Test
  public void whatWasAddedToOneArchiveAfterAStopInOrderIsAConflictAndCopiedNowhere() {
    ranAndStopped(file, store);
    add(store, "key.forged");
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    assertEquals(Lane.State.FORKED, log.lanes().get(0).state());
    assertEquals(
        List.of("audit.chain-begun", "key.issued", "key.revoked", "audit.started", "key.issued"),
        file.actions());
    assertEquals("key.forged", store.actions().get(3));
    String words = "records 4 to 4 were added while the audit log did not run: it was stopped with";
    assertTrue(faults(log.status()), faults(log.status()).contains("store is in conflict"));
    assertTrue(faults(log.status()), faults(log.status()).contains(words));
    assertTrue(faults(log), faults(log).contains(words));
    assertTrue(faults(log), faults(log).contains("Record 4 is not the same"));
  }

  @Test
  public void itStaysAConflictInTheNextProcess() {
    ranAndStopped(file, store);
    add(store, "key.forged");
    evidence.log(store, file).close();
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    assertEquals(Lane.State.FORKED, log.lanes().get(0).state());
    assertFalse(file.actions().contains("key.forged"));
  }

  @Test
  public void whatWasAddedToAnArchiveThatAnswersLateIsAConflictToo() throws Exception {
    ranAndStopped(file, store);
    add(store, "key.forged");
    LateArchive late = new LateArchive(store);
    ChainedAudit log = evidence.logExpecting(2, file);
    assertTrue(log.awaitAfter(2, java.time.Duration.ofSeconds(20)));
    log.bindSink(late, Map.of());
    late.answer();
    awaitFork(log, late);
    assertFalse(file.actions().contains("key.forged"));
    assertTrue(faults(log.status()), faults(log.status()).contains("records 4 to 4 were added"));
  }

  @Test
  public void whatWasAddedEverywhereIsSaidInStatusVerificationAndTheLogItself() {
    ranAndStopped(file, store);
    add(store, "key.forged");
    add(file, "key.forged");
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    String words = "records 4 to 4 were added while the audit log did not run";
    assertTrue(faults(log.status()), faults(log.status()).contains(words));
    assertTrue(faults(log), faults(log).contains(words));
    ChainedRecord said = file.records().get(4);
    assertEquals("audit.found", said.entry().action());
    assertTrue(said.entry().detail(), said.entry().detail().contains(words));
  }

  @Test
  public void anOlderCopyThatWasPutBackIsFilledAndThatIsSaid() throws Exception {
    ranAndStopped(file, store);
    store.cutTo(1);
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    store.awaitRecords(4);
    assertEquals(file.records(), store.records());
    String status = log.status().toString();
    assertTrue(status, status.contains("The store ended with record 1 when it was first asked"));
    assertFalse("the head covers them", file.actions().contains("audit.found"));
    assertEquals("", faults(log));
  }

  /** As after a kill: nobody can tell a record that was on its way from one that was added. */
  @Test
  public void withoutAStopInOrderWhatOneArchiveAloneHasIsCopiedAndSaid() throws Exception {
    store.write(chain(33));
    file.write(chain(30));
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    file.awaitRecords(35);
    assertEquals(file.records(), store.records());
    String words = "Records 31 to 33 were not in the file when it was first asked, and no signed";
    assertTrue(log.status().toString(), log.status().toString().contains(words));
    assertTrue(log.verify(Optional.empty()).toString().contains(words));
    assertTrue(file.records().get(33).entry().detail().startsWith(words));
    assertEquals("", faults(log));
  }

  @Test
  public void aStopOfBeforeARestoreProvesNothing() throws Exception {
    ranAndStopped(file, store);
    String head = Files.readString(evidence.path().resolve("head"));
    ranAndStopped(file, store);
    Files.writeString(evidence.path().resolve("head"), head);
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    assertEquals("", faults(log));
  }

  @Test
  public void aProcessThatAddedNothingLeavesItAsItWas() {
    ranAndStopped(file, store);
    evidence.logExpecting(2).close();
    add(store, "key.forged");
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    assertEquals(Lane.State.FORKED, log.lanes().get(0).state());
  }

  @Test
  public void whileOneRunsTheLastStopProvesNothing() {
    ranAndStopped(file, store);
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    assertFalse(Files.exists(evidence.path().resolve("stopped")));
  }

  private void ranAndStopped(AuditSink... archives) {
    ChainedAudit log = evidence.log(archives);
    log.append(entry("key.issued"));
    log.append(entry("key.revoked"));
    log.close();
    assertTrue(Files.exists(evidence.path().resolve("stopped")));
  }

  private static void add(MemoryArchive archive, String action) {
    List<ChainedRecord> records = archive.records();
    archive.write(List.of(Link.of(records.get(records.size() - 1)).next(entry(action))));
  }

  private static void awaitFork(ChainedAudit log, AuditSink sink) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (log.lanes().stream()
        .noneMatch(lane -> lane.sink() == sink && lane.state() == Lane.State.FORKED)) {
      assertTrue("no conflict", System.nanoTime() < end);
      boolean unused = log.awaitAfter(Long.MAX_VALUE, java.time.Duration.ofMillis(5));
    }
  }
}
