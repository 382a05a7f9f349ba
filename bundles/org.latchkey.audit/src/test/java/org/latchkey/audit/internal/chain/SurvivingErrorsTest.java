package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.internal.chain.Evidence.entry;
import static org.latchkey.audit.internal.chain.Evidence.faults;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.audit.AuditSink;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.ChainedRecord;

/** Memory that runs out comes back: an error ends no thread that others wait for. */
public class SurvivingErrorsTest {

  @Rule public final Evidence evidence = new Evidence();

  private final MemoryArchive file = new MemoryArchive("file");

  @Test(timeout = 60_000)
  public void anErrorInTheChainsThreadRefusesWhatWaitsAndEndsNothing() {
    AtomicReference<Error> next = new AtomicReference<>(new OutOfMemoryError("for the test"));
    ChainedAudit log =
        evidence.logAsking(
            () -> {
              Error thrown = next.getAndSet(null);
              if (thrown != null) {
                throw thrown;
              }
              return 1;
            },
            file);
    while (file.records().size() < 2) {
      try {
        log.append(entry("key.issued"));
      } catch (AuditUnavailableException e) {
        assertTrue(e.getMessage(), e.getMessage().contains("it failed, see the log"));
      }
    }
    assertEquals(List.of("audit.chain-begun", "key.issued"), file.actions());
    assertEquals("", faults(log));
  }

  @Test(timeout = 60_000)
  public void anErrorInASinkIsAFailureOfThatSink() throws Exception {
    for (Error thrown :
        List.of(new StackOverflowError(), new OutOfMemoryError(), new LinkageError("half"))) {
      MemoryArchive other = new MemoryArchive("other");
      Failing failing = new Failing();
      ChainedAudit log = evidence.log(other, failing);
      log.append(entry("key.issued"));
      failing.next.set(thrown);
      log.append(entry("key.revoked"));
      log.append(entry("key.again"));
      assertEquals("key.again", other.actions().get(3));
      while (failing.last < 4) {
        assertTrue(log.awaitAfter(3, java.time.Duration.ofSeconds(20)));
        log.append(entry("key.again"));
      }
      log.close();
    }
  }

  /** It is tried once more at once, as after any failure. */
  @Test(timeout = 60_000)
  public void afterAnErrorOfTheOnlyArchiveAllIsWrittenOnce() {
    ChainedAudit log = evidence.log(file);
    log.append(entry("key.issued"));
    file.failWith(new StackOverflowError());
    log.append(entry("key.revoked"));
    log.append(entry("key.again"));
    assertEquals(
        List.of("audit.chain-begun", "key.issued", "key.revoked", "key.again"), file.actions());
  }

  /** A collector that fails once with what a test says. */
  private static final class Failing implements AuditSink {

    private final AtomicReference<Error> next = new AtomicReference<>();
    private volatile long last;

    @Override
    public String name() {
      return "failing";
    }

    @Override
    public void write(List<ChainedRecord> records) {
      Error thrown = next.getAndSet(null);
      if (thrown != null) {
        throw thrown;
      }
      last = records.isEmpty() ? last : records.get(records.size() - 1).number();
    }
  }
}
