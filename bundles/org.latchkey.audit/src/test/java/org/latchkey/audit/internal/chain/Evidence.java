package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditSink;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.status.StatusLine;

/** An audit log on a node with as many archives as a test says, in a folder of its own. */
final class Evidence extends ExternalResource {

  static final Instant NOON = Instant.parse("2026-11-25T12:00:00.123456Z");

  /** Never signs by itself within a test. */
  private static final long SIGN_SECONDS = 3_600;

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(20);

  private volatile Instant now = NOON;

  /** Stands still until it is told to go on. */
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private final TemporaryFolder folder = new TemporaryFolder();
  private final List<ChainedAudit> opened = new ArrayList<>();

  @Override
  protected void before() throws Throwable {
    folder.create();
    // The first key that a JVM makes takes long, and shall not be waited for within a test.
    HeadKey unused = HeadKey.in(folder.newFolder().toPath());
  }

  @Override
  protected void after() {
    opened.forEach(ChainedAudit::close);
    folder.delete();
  }

  /** The log of a node that has these sinks and no other archive. */
  ChainedAudit log(AuditSink... sinks) {
    return opened(archives(sinks), new ChainWriter.Patience(LONG, LONG, TICK), sinks);
  }

  /** The log of a node that is asked for the number of its archives. */
  ChainedAudit logAsking(IntSupplier archives, AuditSink... sinks) {
    return opened(archives, new ChainWriter.Patience(LONG, LONG, TICK), sinks);
  }

  /** The same, soon tired of sinks that hang. */
  ChainedAudit impatientLog(AuditSink... sinks) {
    return opened(archives(sinks), new ChainWriter.Patience(SHORT, LONG, TICK), sinks);
  }

  /** The log of a node that should have so many archives, soon tired of those that are missing. */
  ChainedAudit logExpecting(int archives, AuditSink... sinks) {
    return opened(archives, new ChainWriter.Patience(LONG, SOON, TICK), sinks);
  }

  /** One that gives up soon on an archive that does not say where it stands. */
  ChainedAudit impatientLog(int archives, AuditSink... sinks) {
    return opened(archives, new ChainWriter.Patience(SHORT, SOON, TICK), sinks);
  }

  private ChainedAudit opened(int archives, ChainWriter.Patience patience, AuditSink... sinks) {
    return opened(() -> archives, patience, sinks);
  }

  private ChainedAudit opened(
      IntSupplier archives, ChainWriter.Patience patience, AuditSink... sinks) {
    ChainedAudit log = new ChainedAudit(path(), archives, patience, SIGN_SECONDS, clock);
    opened.add(log);
    for (AuditSink sink : sinks) {
      log.bindSink(sink, Map.of());
    }
    return log;
  }

  private static int archives(AuditSink... sinks) {
    return (int) Arrays.stream(sinks).filter(MemoryArchive.class::isInstance).count();
  }

  void letTimePass(Duration time) {
    now = now.plus(time);
  }

  Path path() {
    return folder.getRoot().toPath().resolve("audit");
  }

  static AuditEntry entry(String action) {
    return new AuditEntry(NOON, "admin", action, "k", "1@a", "805e", "192.0.2.7", "for the test");
  }

  /** So many records of a chain, the first of them from the log itself. */
  static List<ChainedRecord> chain(int records) {
    List<ChainedRecord> chain = new ArrayList<>();
    Link link = Link.START;
    for (int i = 1; i <= records; i++) {
      ChainedRecord record = link.next(entry("key.issued" + i));
      chain.add(record);
      link = Link.of(record);
    }
    return chain;
  }

  static List<ChainedRecord> withoutLinks(List<ChainedRecord> records) {
    return records.stream().map(r -> new ChainedRecord(r.number(), r.entry(), "")).toList();
  }

  /** Waits until the log has seen that one of its sinks is in a state. */
  static void awaitState(ChainedAudit log, MemoryArchive archive, Lane.State state) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (log.lanes().stream().noneMatch(l -> l.sink() == archive && l.state() == state)) {
      assertTrue("never " + state, System.nanoTime() < end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** What is wrong, as one text; empty when nothing is. */
  static String faults(List<StatusLine> lines) {
    return lines.stream()
        .filter(line -> line.level() == StatusLine.Level.FAULT)
        .map(StatusLine::words)
        .collect(Collectors.joining("\n"));
  }

  static String faults(ChainedAudit log) {
    return faults(log.verify(Optional.empty()));
  }
}
