package org.latchkey.quarantine.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.key.Aor;

public class PermittedCallRecorderTest {

  private final Node node = new Node();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @After
  public void nothingHangsAnyMore() {
    release.countDown();
  }

  @Test
  public void aCallIsRecordedByAnotherThread() throws InterruptedException {
    try (PermittedCallRecorder recorder = new PermittedCallRecorder(node.audit, node.journal, 40)) {
      recorder.placed(call("phone", true));
      assertNotNull(node.audit.entries.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  public void whoTellsIsNotKeptWaitingByAHangingJournalAndRefusedCallsLeaveRoomForRoutedOnes()
      throws InterruptedException {
    PermittedCallRecorder recorder = new PermittedCallRecorder(node.audit, hangingJournal(), 40);
    recorder.placed(call("first", true));
    assertTrue(hanging.await(10, TimeUnit.SECONDS));
    for (int i = 0; i < 20; i++) {
      recorder.placed(call("stranger", false));
    }
    for (int i = 0; i < 30; i++) {
      recorder.placed(call("phone", true));
    }
    release.countDown();
    recorder.close();
    assertEquals(31, node.audit.actions().stream().filter("call.permitted"::equals).count());
    assertTrue(recorder.status().get(0).words().startsWith("10 calls"));
  }

  @Test
  public void whatIsInTheQueueAtTheEndIsStillRecorded() throws InterruptedException {
    PermittedCallRecorder recorder = new PermittedCallRecorder(node.audit, hangingJournal(), 40);
    recorder.placed(call("first", true));
    assertTrue(hanging.await(10, TimeUnit.SECONDS));
    recorder.placed(call("second", true));
    release.countDown();
    recorder.close();
    assertEquals(2, node.audit.entries.size());
  }

  private PhoneJournal hangingJournal() {
    return new PhoneJournal() {
      @Override
      public void note(PhoneEvent event) {
        hanging.countDown();
        boolean interrupted = false;
        while (release.getCount() > 0) {
          try {
            release.await();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }

      @Override
      public java.util.List<PhoneEvent> recent(String phone, int limit) {
        return java.util.List.of();
      }
    };
  }

  private static PermittedCall call(String name, boolean routed) {
    return new PermittedCall(
        Instant.EPOCH,
        new Destination("112", "sip:112@localhost", Kind.EMERGENCY),
        new Originator.Phone("k" + name, new Aor(name, "localhost"), true),
        "id",
        routed);
  }
}
