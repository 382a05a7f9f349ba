package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.internal.chain.Evidence.entry;
import static org.latchkey.audit.internal.chain.Evidence.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.ChainedRecord;

/** The log waits rather than go on from where the signed head proves that it did not end. */
public class HeadProvesMoreTest {

  @Rule public final Evidence evidence = new Evidence();

  private final MemoryArchive file = new MemoryArchive("file");
  private final MemoryArchive store = new MemoryArchive("store");

  /** As with a database that comes up late, after the file could not be written for a day. */
  @Test
  public void whatTheSignedHeadProvesTooShortIsNotGoneOnFrom() throws Exception {
    theFileLacksFourRecords();
    ChainedAudit log = evidence.logExpecting(2, file);
    String refused =
        assertThrows(AuditUnavailableException.class, () -> log.append(entry("key.issued")))
            .getMessage();
    assertTrue(refused, refused.contains("the signed head has record 6, but the file ends with"));
    assertTrue(refused, refused.contains("move latchkey/audit/head away"));
    assertTrue(log.status().toString(), log.status().toString().contains("the signed head has"));
    assertEquals(2, file.records().size());
    log.bindSink(store, Map.of());
    file.awaitRecords(6);
    log.append(entry("key.issued"));
    store.awaitRecords(file.records().size());
    assertEquals(store.records(), file.records());
    assertEquals("", faults(log));
  }

  @Test
  public void itIsGoneOnFromWhenTheHeadIsTakenAway() throws Exception {
    theFileLacksFourRecords();
    Files.delete(head());
    ChainedAudit log = evidence.logExpecting(2, file);
    log.append(entry("key.issued"));
    assertEquals(3, file.records().size());
  }

  @Test
  public void anotherRecordInTheHeadsPlaceIsNotGoneOnFromEither() throws Exception {
    ChainedAudit before = evidence.log(file, store);
    before.appendAll(List.of(entry("key.issued"), entry("key.issued"), entry("key.issued")));
    before.close();
    Files.delete(stopped());
    store.cutTo(2);
    Link end = Link.of(store.records().get(1));
    for (int i = 0; i < 3; i++) {
      ChainedRecord forged = end.next(entry("key.forged"));
      store.write(List.of(forged));
      end = Link.of(forged);
    }
    ChainedAudit log = evidence.logExpecting(2, store);
    String refused =
        assertThrows(AuditUnavailableException.class, () -> log.append(entry("key.issued")))
            .getMessage();
    assertTrue(refused, refused.contains("the store has another in its place"));
    log.bindSink(file, Map.of());
    Evidence.awaitState(log, store, Lane.State.FORKED);
    log.append(entry("key.issued"));
    assertFalse(file.actions().contains("key.forged"));
  }

  @Test
  public void nothingIsAddedBeforeItIsKnownWhatTheProcessBeforeLeft() {
    CompletableFuture<Left> left = new CompletableFuture<>();
    ChainWriter.Patience patience =
        new ChainWriter.Patience(
            Duration.ofSeconds(20), Duration.ofMillis(300), Duration.ofMillis(20));
    try (ChainWriter writer =
        new ChainWriter(() -> 1, left, patience, Clock.fixed(Evidence.NOON, ZoneOffset.UTC))) {
      file.write(Evidence.chain(3));
      writer.add(file, 0);
      List<AuditEntry> entries = List.of(entry("key.issued"));
      String refused =
          assertThrows(AuditUnavailableException.class, () -> writer.append(entries)).getMessage();
      assertTrue(refused, refused.contains("latchkey/audit does not answer"));
      assertEquals(3, file.records().size());
      left.complete(Left.NOTHING);
      writer.append(entries);
      assertEquals(4, file.records().size());
    }
  }

  private void theFileLacksFourRecords() throws IOException {
    ChainedAudit before = evidence.log(file, store);
    before.append(entry("key.issued"));
    file.fullDisk(true);
    for (int i = 0; i < 4; i++) {
      before.append(entry("key.issued"));
    }
    before.close();
    Files.delete(stopped());
    file.fullDisk(false);
  }

  private Path head() {
    return evidence.path().resolve("head");
  }

  private Path stopped() {
    return evidence.path().resolve("stopped");
  }
}
