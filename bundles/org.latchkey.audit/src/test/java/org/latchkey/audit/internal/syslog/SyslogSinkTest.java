package org.latchkey.audit.internal.syslog;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.ChainedRecord;

/** Records on their way to a collector, over a real TLS connection. */
public class SyslogSinkTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00.5Z");

  @ClassRule public static final Collector collector = new Collector();

  @Test
  public void eachRecordIsOneMessageWithAllItsFields() throws Exception {
    try (SyslogSink sink = sink("localhost", collector.authority())) {
      sink.write(List.of(record(1, "plain"), record(2, "of \"x\" [y] \\z ü\n<0>1 forged")));
      String pid = Long.toString(ProcessHandle.current().pid());
      assertEquals(
          "<109>1 2026-11-25T12:00:00.500000Z pbx1 latchkey "
              + pid
              + " key.issued [latchkey@32473 number=\"1\" actor=\"ad\\\"m\\]i\\\\u005cn\" action=\"key.issued\""
              + " keyIdentifier=\"k0\" aor=\"1001@a\" device=\"\" source=\"::1\" hash=\""
              + "1".repeat(64)
              + "\"] \uFEFFplain",
          collector.next());
      assertTrue(collector.next().endsWith("\uFEFFof \"x\" [y] \\u005cz ü\\u000a<0>1 forged"));
    }
  }

  @Test
  public void aConnectionThatEndedIsMadeAnew() throws Exception {
    try (SyslogSink sink = sink("localhost", collector.authority())) {
      sink.write(List.of(record(1, "before")));
      assertTrue(collector.next().endsWith("before"));
      sink.write(List.of(record(2, "too")));
      assertTrue(collector.next().endsWith("too"));
      collector.hangUp();
      assertEquals(List.of(), sink.status());
      sink.write(List.of(record(3, "after")));
      assertTrue(collector.next().endsWith("after"));
      String said = sink.status().get(0).words();
      assertTrue(said, said.contains("whether the last of records 1 to 2, which were sent on it,"));
      sink.write(List.of(record(4, "more")));
      assertTrue(collector.next().endsWith("more"));
      assertEquals("it stays said", said, sink.status().get(0).words());
    }
  }

  @Test
  public void aCollectorThatIsNotTrustedOrHasAnotherNameGetsNothing() throws Exception {
    try (SyslogSink untrusting = sink("localhost", "")) {
      assertThrows(
          AuditUnavailableException.class, () -> untrusting.write(List.of(record(1, "secretive"))));
    }
    try (SyslogSink misnamed = sink("127.0.0.1", collector.authority())) {
      AuditUnavailableException refused =
          assertThrows(
              AuditUnavailableException.class,
              () -> misnamed.write(List.of(record(1, "secretive"))));
      assertTrue(refused.getMessage(), refused.getMessage().contains("127.0.0.1"));
    }
    assertTrue(collector.isSilent());
  }

  @Test(timeout = 20_000)
  public void aCollectorThatReadsNoMoreDoesNotHoldUpTheEnd() throws Exception {
    SyslogSink sink = sink("localhost", collector.authority());
    sink.write(List.of(record(1, "read")));
    collector.next();
    collector.readNoMore(true);
    CountDownLatch begun = new CountDownLatch(1);
    List<ChainedRecord> many = Collections.nCopies(10_000, record(2, "x".repeat(4_000)));
    FutureTask<Void> writing =
        new FutureTask<>(
            () -> {
              begun.countDown();
              sink.write(many);
              return null;
            });
    new Thread(writing, "writing").start();
    begun.await();
    sink.close();
    assertThrows(ExecutionException.class, writing::get);
    collector.readNoMore(false);
  }

  private static ChainedRecord record(long number, String detail) {
    AuditEntry entry =
        new AuditEntry(NOON, "ad\"m]i\\n", "key.issued", "k0", "1001@a", "", "::1", detail);
    return new ChainedRecord(number, entry, Long.toString(number).repeat(64));
  }

  private static SyslogSink sink(String host, String authority) {
    return new SyslogSink(
        new SyslogTarget(
            host,
            collector.port(),
            authority,
            collector.keyStore().toString(),
            collector.passwordFile().toString(),
            "pbx1"));
  }
}
