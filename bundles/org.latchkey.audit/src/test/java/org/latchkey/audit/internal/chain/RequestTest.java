package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.internal.chain.Evidence.entry;

import java.time.Duration;
import java.util.List;
import org.junit.Test;
import org.latchkey.audit.AuditUnavailableException;

/** Whoever has something to be audited waits for the log, but not for ever. */
public class RequestTest {

  private static final Duration SHORT = Duration.ofMillis(50);

  @Test(timeout = 20_000)
  public void whoWaitsForALogThatNeverAnswersIsRefusedInTheEnd() {
    Request request = new Request(List.of(entry("key.issued")), SHORT);
    AuditUnavailableException refusal =
        assertThrows(AuditUnavailableException.class, request::await);
    assertTrue(refusal.getMessage(), refusal.getMessage().contains("did not answer within"));
    assertTrue("it is not written any more", request.isOver());
    assertFalse("nor told to be written when it was", request.written());
  }

  @Test(timeout = 20_000)
  public void anInterruptEndsNoWaitAndIsNotLost() {
    Request request = new Request(List.of(entry("key.issued")), SHORT);
    Thread.currentThread().interrupt();
    assertThrows(AuditUnavailableException.class, request::await);
    assertTrue(Thread.interrupted());
  }

  @Test
  public void anImportOf100000PhonesHasLongerThanOnePhone() {
    assertEquals(Duration.ofMillis(30_001), Request.longest(1));
    assertEquals(Duration.ofSeconds(130), Request.longest(100_000));
  }

  @Test
  public void whatIsWrittenInTimeIsToldSo() {
    Request request = new Request(List.of(entry("key.issued")), SHORT);
    assertTrue(request.written());
    request.await();
  }
}
