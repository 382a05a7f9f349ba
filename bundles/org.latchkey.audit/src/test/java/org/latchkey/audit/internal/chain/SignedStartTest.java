package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.internal.chain.Evidence.entry;
import static org.latchkey.audit.internal.chain.Evidence.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;

/** What the signed first record after a stop proves, and what it doesn't. */
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
