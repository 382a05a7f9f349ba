package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.internal.chain.Evidence.chain;
import static org.latchkey.audit.internal.chain.Evidence.entry;
import static org.latchkey.audit.internal.chain.Evidence.faults;
import static org.latchkey.audit.internal.chain.Evidence.withoutLinks;

import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.ChainedRecord;

/** Records without a hash are of before the chain, or are copied nowhere. */
public class WithoutHashTest {

  /** More than are copied at once, and than are verified at a start. */
  private static final int RECORDS = 800;

  /** The last of those that are copied at once into an archive that has four. */
  private static final int LAST_OF_WINDOW = 504;

  @Rule public final Evidence evidence = new Evidence();

  @Test
  public void aForgedRecordThatLostItsHashIsNotCopied() throws Exception {
    List<ChainedRecord> all = chain(RECORDS);
    MemoryArchive file = new MemoryArchive("file", all);
    file.alter(LAST_OF_WINDOW - 1, new ChainedRecord(LAST_OF_WINDOW, entry("key.forged"), ""));
    MemoryArchive store = new MemoryArchive("store", all.subList(0, 4));
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    awaitReason(log, "in the file, record 504 has lost its hash");
    assertEquals(all.subList(0, 4), store.records());
    assertEquals("In the file, record 504 was altered", faults(log));
  }

  @Test
  public void anArchiveThatLostItsHashesIsNoSourceEvenIfAllFits() throws Exception {
    List<ChainedRecord> all = chain(RECORDS);
    MemoryArchive file = new MemoryArchive("file", all);
    withoutLinks(all.subList(0, 300)).forEach(r -> file.alter((int) r.number() - 1, r));
    MemoryArchive store = new MemoryArchive("store");
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    awaitReason(log, "in the file, record 1 has lost its hash");
    assertEquals(List.of(), store.records());
    assertEquals("In the file, record 300 was altered: it has lost its hash", faults(log));
  }

  @Test
  public void olderRecordsThatAreNotWhatTheChainsFirstRecordSealsAreNotCopied() throws Exception {
    MemoryArchive store = new MemoryArchive("store", withoutLinks(chain(600)));
    ChainedAudit before = evidence.log(store);
    before.append(entry("key.issued"));
    before.close();
    ChainedRecord fifth = store.records().get(4);
    store.alter(4, new ChainedRecord(5, entry("key.forged"), ""));
    MemoryArchive file = new MemoryArchive("file");
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    awaitReason(log, "in the store, one of records 1 to 601 was altered");
    assertEquals(List.of(), file.records());
    store.alter(4, fifth);
    file.awaitRecords(603);
    assertEquals(chain(600), file.records().subList(0, 600));
  }

  @Test
  public void aLastRecordThatLostItsHashBeginsNoNewChain() throws Exception {
    MemoryArchive store = new MemoryArchive("store");
    ChainedAudit before = evidence.log(store);
    before.append(entry("key.issued"));
    before.close();
    store.alter(1, new ChainedRecord(2, store.records().get(1).entry(), ""));
    ChainedAudit log = evidence.log(store);
    log.append(entry("key.issued"));
    assertEquals(
        List.of("audit.chain-begun", "key.issued", "audit.started", "key.issued"), store.actions());
    assertTrue(faults(log.status()), faults(log.status()).contains("has lost its hash"));
  }

  @Test
  public void anArchiveThatLostAllItsHashesIsNotTheTruthBesideOneThatHasThem() {
    MemoryArchive file = new MemoryArchive("file");
    ChainedAudit before = evidence.log(file);
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      entries.add(entry("key.issued"));
    }
    before.appendAll(entries);
    before.close();
    MemoryArchive store = new MemoryArchive("store", withoutLinks(file.records()));
    store.alter(3, new ChainedRecord(4, entry("key.forged"), ""));
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    assertEquals("key.issued", file.actions().get(3));
    assertEquals(8, file.records().size());
    assertEquals(6, store.records().size());
  }

  private static void awaitReason(ChainedAudit log, String words) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (log.lanes().stream().noneMatch(lane -> lane.reason().contains(words))) {
      assertTrue(log.status().toString(), System.nanoTime() < end);
      boolean unused = log.awaitAfter(Long.MAX_VALUE, java.time.Duration.ofMillis(5));
    }
  }
}
