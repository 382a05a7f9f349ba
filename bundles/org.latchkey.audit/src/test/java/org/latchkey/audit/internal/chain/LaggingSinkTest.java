package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.internal.chain.Evidence.entry;
import static org.latchkey.audit.internal.chain.Evidence.faults;

import java.time.Duration;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;

/** What is said of a sink that is sound and merely behind. */
public class LaggingSinkTest {

  @Rule public final Evidence evidence = new Evidence();

  private final MemoryArchive file = new MemoryArchive("file");
  private final MemoryArchive store = new MemoryArchive("store");

  @Test
  public void noEndWasCutOff() {
    ChainedAudit log = startedAnewWithAFullStore();
    assertEquals("", faults(log));
    String verified = log.verify(Optional.empty()).toString();
    assertTrue(verified, verified.contains("record 3 is the first that is missing: the disk is"));
  }

  @Test
  public void itIsNotSaidToHaveGotWhatItDidNotGet() throws Exception {
    ChainedAudit log = startedAnewWithAFullStore();
    String status = log.status().toString();
    assertFalse(status, status.contains("it was given records"));
    assertTrue(status, status.contains("it lacks records 3 to 7, which a signed head covers"));
    store.fullDisk(false);
    store.awaitRecords(file.records().size());
    Evidence.awaitState(log, store, Lane.State.CURRENT);
    String given = log.status().toString();
    assertTrue(given, given.contains("it was given records 3 to 7, which a signed head covers"));
  }

  @Test
  public void whatItLacksIsCountedFromWhatItHas() {
    ChainedAudit log = startedAnewWithAFullStore();
    evidence.letTimePass(Duration.ofMinutes(2));
    String words = log.status().toString();
    assertTrue(words, words.contains("The store lacks records after 2: the disk is full"));
  }

  @Test
  public void aRestoredBackupIsAmongWhatMayHaveLeftRecordsInOneSinkAlone() throws Exception {
    file.write(Evidence.chain(4));
    store.write(Evidence.chain(2));
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    assertTrue(log.status().toString(), log.status().toString().contains("backup"));
  }

  private ChainedAudit startedAnewWithAFullStore() {
    ChainedAudit before = evidence.log(file, store);
    before.append(entry("key.issued"));
    store.fullDisk(true);
    for (int i = 0; i < 5; i++) {
      before.append(entry("key.issued"));
    }
    before.close();
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    Evidence.awaitState(log, store, Lane.State.FAILED);
    return log;
  }
}
