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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.audit.AuditUnavailableException;

/** What the signed head and the signed first record after a stop prove, and what they don't. */
public class SignedStartTest {

  @Rule public final Evidence evidence = new Evidence();

  private final MemoryArchive file = new MemoryArchive("file");
  private final MemoryArchive store = new MemoryArchive("store");

  @Test
  public void aForgedAdditionStaysAConflictAfterAKillHoweverLongItIs() throws Exception {
    forgedAfterAStop(50);
    ChainedAudit going = evidence.log(store, file);
    going.append(entry("key.revoked"));
    going.close();
    Files.delete(stopped());
    theStoreIsInConflict();
  }

  @Test
  public void itDoesSoBeforeTheHeadWasSignedAnew() throws Exception {
    String head = forgedAfterAStop(5);
    ChainedAudit going = evidence.log(store, file);
    going.append(entry("key.revoked"));
    going.close();
    Files.delete(stopped());
    Files.writeString(head(), head);
    theStoreIsInConflict();
  }

  @Test
  public void aStartThatSomebodyElseSignedIsAForgedAdditionToo() throws Exception {
    ranAndStopped(2);
    Link end = Link.of(store.records().get(2));
    HeadKey theirs = HeadKey.in(Files.createDirectory(evidence.path().resolve("theirs")));
    store.write(List.of(end.next(new Start(end, theirs).entry(Evidence.NOON))));
    add(store, "key.forged");
    theStoreIsInConflict();
  }

  @Test
  public void anOlderCopyOfTheFolderThatIsPutBackAccusesNobody() throws Exception {
    anOlderCopyIsPutBack();
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    allIsWellAndInBoth(log);
  }

  @Test
  public void norDoesItForkTheChainWhenTheStoreComesLateAndNothingHadToBeWritten()
      throws Exception {
    anOlderCopyIsPutBack();
    ChainedAudit log = evidence.logExpecting(2, file);
    assertTrue(log.awaitAfter(3, Duration.ofSeconds(20)));
    log.bindSink(store, Map.of());
    file.awaitRecords(7);
    log.append(entry("key.issued"));
    allIsWellAndInBoth(log);
  }

  private void anOlderCopyIsPutBack() throws IOException {
    ranAndStopped(3);
    String head = Files.readString(head());
    String stop = Files.readString(stopped());
    ChainedAudit later = evidence.log(file, store);
    later.append(entry("key.revoked"));
    later.append(entry("key.revoked"));
    later.close();
    Files.writeString(head(), head);
    Files.writeString(stopped(), stop);
    file.cutTo(4);
  }

  private void allIsWellAndInBoth(ChainedAudit log) throws InterruptedException {
    file.awaitRecords(store.records().size());
    assertEquals(store.records(), file.records());
    assertEquals(2, file.actions().stream().filter("key.revoked"::equals).count());
    assertEquals("", faults(log.status()));
    assertEquals("", faults(log));
  }

  @Test
  public void aStartThatNothingFollowsAddsNoRecord() {
    ranAndStopped(1);
    evidence.log(file, store).close();
    evidence.log(file, store).close();
    assertEquals(2, file.records().size());
    assertTrue(Files.exists(stopped()));
  }

  @Test
  public void aStopIsNotWrittenDownBeforeAllArchivesWereSeen() throws Exception {
    ChainedAudit killed = evidence.log(file, store);
    killed.append(entry("key.issued"));
    String head = killed.signedHead();
    store.fullDisk(true);
    killed.append(entry("key.revoked"));
    killed.close();
    store.fullDisk(false);
    Files.delete(stopped());
    Files.writeString(head(), head);
    ChainedAudit withoutFile = evidence.logExpecting(2, store);
    assertTrue(withoutFile.awaitAfter(1, Duration.ofSeconds(20)));
    withoutFile.close();
    assertFalse(Files.exists(stopped()));
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    store.awaitRecords(file.records().size());
    assertEquals(file.records(), store.records());
    assertEquals("", faults(log));
  }

  @Test
  public void aStoreThatIsStoppedBeforeTheLogWasSeenAllTheSame() {
    ChainedAudit log = evidence.logAsking(() -> 2, file, store);
    log.append(entry("key.issued"));
    log.unbindSink(store);
    log.append(entry("key.issued"));
    log.close();
    assertTrue(Files.exists(stopped()));
  }

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
    ranAndStopped(3);
    Files.delete(stopped());
    store.cutTo(2);
    add(store, "key.forged");
    add(store, "key.forged");
    add(store, "key.forged");
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
      List<org.latchkey.audit.AuditEntry> entries = List.of(entry("key.issued"));
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

  /** The head that the log was stopped with. */
  private String forgedAfterAStop(int records) throws IOException {
    ranAndStopped(1);
    for (int i = 0; i < records; i++) {
      add(store, "key.forged");
    }
    return Files.readString(head());
  }

  private void theStoreIsInConflict() {
    ChainedAudit log = evidence.log(store, file);
    log.append(entry("key.issued"));
    assertEquals(Lane.State.FORKED, log.lanes().get(0).state());
    assertFalse(file.actions().contains("key.forged"));
    assertTrue(faults(log.status()), faults(log.status()).contains("store is in conflict"));
  }

  private void ranAndStopped(int records) {
    ChainedAudit log = evidence.log(file, store);
    for (int i = 0; i < records; i++) {
      log.append(entry("key.issued"));
    }
    log.close();
    assertTrue(Files.exists(stopped()));
  }

  private static void add(MemoryArchive archive, String action) {
    Optional<Link> end = archive.last().map(Link::of);
    archive.write(List.of(end.orElseThrow().next(entry(action))));
  }

  private Path head() {
    return evidence.path().resolve("head");
  }

  private Path stopped() {
    return evidence.path().resolve("stopped");
  }
}
