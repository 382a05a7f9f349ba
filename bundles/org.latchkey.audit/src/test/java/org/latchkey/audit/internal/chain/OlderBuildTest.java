package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.internal.chain.Evidence.chain;
import static org.latchkey.audit.internal.chain.Evidence.entry;
import static org.latchkey.audit.internal.chain.Evidence.faults;
import static org.latchkey.audit.internal.chain.Evidence.withoutLinks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.audit.ChainedRecord;

/** A store with records of a build that made no hashes, and a first start that was cut short. */
public class OlderBuildTest {

  private static final int OLD = 1_200;

  @Rule public final Evidence evidence = new Evidence();

  private final MemoryArchive store = new MemoryArchive("store", withoutLinks(chain(OLD)));

  @Test
  public void aCopyThatEndedAmongOldRecordsGoesOnWhereItEnded() throws Exception {
    MemoryArchive file = new MemoryArchive("file", chain(500));
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    theFileIsWhole(file, log);
  }

  @Test
  public void itGoesOnAfterTheChainHasBegunInTheStoreAlone() throws Exception {
    ChainedAudit before = evidence.log(store);
    before.append(entry("key.issued"));
    before.close();
    for (int copied : new int[] {500, OLD - 1, OLD}) {
      MemoryArchive file = new MemoryArchive("file", chain(copied));
      ChainedAudit log = evidence.log(store, file);
      log.append(entry("key.issued"));
      theFileIsWhole(file, log);
      log.close();
    }
  }

  @Test
  public void anotherRecordWhereItEndedIsAConflict() throws Exception {
    List<ChainedRecord> other = new ArrayList<>(chain(499));
    other.add(Link.of(other.get(498)).next(entry("key.forged")));
    MemoryArchive file = new MemoryArchive("file", other);
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    Evidence.awaitState(log, file, Lane.State.FORKED);
    assertEquals(500, file.records().size());
  }

  @Test
  public void theChainBeginsInTheNextProcessIfItCouldNotInTheFirst() throws Exception {
    MemoryArchive file = new MemoryArchive("file", chain(OLD));
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    assertEquals("audit.chain-begun", store.actions().get(OLD));
    theFileIsWhole(file, log);
  }

  @Test
  public void oldRecordsThatAreNotWhatWasSealedAreNotFollowedAgainAllTheTime() throws Exception {
    ChainedAudit before = evidence.log(store);
    before.append(entry("key.issued"));
    before.close();
    store.alter(4, new ChainedRecord(5, entry("key.forged"), ""));
    MemoryArchive file = new MemoryArchive("file");
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    Evidence.awaitState(log, file, Lane.State.FAILED);
    int reads = store.reads();
    boolean unused = log.awaitAfter(Long.MAX_VALUE, Duration.ofMillis(700));
    assertTrue("read " + (store.reads() - reads) + " times", store.reads() - reads < 10);
  }

  private void theFileIsWhole(MemoryArchive file, ChainedAudit log) throws InterruptedException {
    file.awaitRecords(store.records().size());
    assertEquals(chain(OLD), file.records().subList(0, OLD));
    assertEquals(store.actions(), file.actions());
    assertEquals("", faults(log));
  }
}
