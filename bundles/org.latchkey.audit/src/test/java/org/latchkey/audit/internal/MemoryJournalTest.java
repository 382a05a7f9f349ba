package org.latchkey.audit.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.PhoneEvent.Kind.CALL_PERMITTED;
import static org.latchkey.audit.PhoneEvent.Kind.CHALLENGED;
import static org.latchkey.audit.PhoneEvent.Kind.FETCHED;
import static org.latchkey.audit.PhoneEvent.Kind.HELD;
import static org.latchkey.audit.PhoneEvent.Kind.KNOCKED;
import static org.latchkey.audit.PhoneEvent.Kind.REFUSED;
import static org.latchkey.audit.PhoneEvent.Kind.REGISTERED;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.After;
import org.junit.Test;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneEvent.Kind;

public class MemoryJournalTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final String DEVICE = "805ec0000001";

  private final MemoryJournal journal = new MemoryJournal(new Memory(100, 50, 32));
  private int minute;

  @After
  public void endItsThread() {
    journal.close();
  }

  @Test
  public void aPhonesStoryIsToldNewestFirst() {
    note(KNOCKED, "", "", DEVICE, "192.0.2.7", "no enrolment");
    note(FETCHED, "d0key", "1001@example.org", DEVICE, "192.0.2.7", "");
    note(REGISTERED, "d0key", "1001@example.org", "", "192.0.2.7", "");
    note(HELD, "d0key", "", "", "", "by admin: left on a train");

    assertEquals(List.of(HELD, REGISTERED, FETCHED, KNOCKED), kinds("192.0.2.7", 10));
    assertEquals(List.of(HELD, REGISTERED), kinds("1001", 2));
  }

  @Test
  public void itIsFoundByEachNameInAnySpelling() {
    note(FETCHED, "d0key", "1001@example.org", DEVICE, "192.0.2.7", "");
    note(HELD, "d0key", "", "", "", "by admin");
    for (String name :
        new String[] {
          "d0key",
          "1001",
          "1001@Example.ORG",
          DEVICE,
          "80:5E:C0:00:00:01",
          "805e.c000.0001",
          "192.0.2.7"
        }) {
      assertEquals(name, List.of(HELD, FETCHED), kinds(name, 10));
    }
    assertEquals(List.of(), kinds("100", 10));
    assertEquals(List.of(), kinds("", 10));
  }

  @Test
  public void whatWasForgedInAPhonesNamePushesNoneOfItsOwnEventsOut() {
    note(FETCHED, "d0key", "1001@example.org", DEVICE, "192.0.2.7", "");
    for (int i = 0; i < 10_000; i++) {
      note(REFUSED, "d0key", "1001@example.org", "", "198.51.100.1", "wrong secret " + i);
    }
    assertTrue(kinds("1001", 1_000).contains(FETCHED));
    assertEquals(17, kinds("1001", 1_000).size());
  }

  @Test
  public void aFloodOfMadeUpNamesAndAddressesForgetsNoRealPhone() {
    for (int i = 0; i < 100; i++) {
      note(FETCHED, "key" + i, i + "@example.org", "", "192.0.2." + i, "");
    }
    for (int i = 0; i < 20_000; i++) {
      note(REFUSED, "forged" + i, "a" + i + "@b", "dev" + i, "2001:db8::" + i, "invented");
      note(KNOCKED, "", "", "dev" + i, "10.0." + i, "no enrolment");
      settle();
    }
    for (int i = 0; i < 100; i++) {
      assertEquals(List.of(FETCHED), kinds("key" + i, 10));
    }
    assertEquals(List.of(), kinds("forged1", 10));
    assertEquals(List.of(REFUSED), kinds("forged19999", 10));
  }

  @Test
  public void oneAddressThatInventsNamesLosesOnlyItsOwnPast() {
    note(KNOCKED, "", "", DEVICE, "192.0.2.7", "no enrolment");
    for (int i = 0; i < 1_000; i++) {
      note(REFUSED, "forged" + i, "", "", "198.51.100.1", "invented");
      settle();
    }
    assertEquals(List.of(KNOCKED), kinds(DEVICE, 10));
  }

  @Test
  public void thePhoneThatWasSilentLongestIsForgottenFirst() {
    for (int i = 0; i < 101; i++) {
      note(REGISTERED, "key" + i, i + "@a", "", "192.0.2.1", "");
      note(REGISTERED, "key0", "0@a", "", "192.0.2.1", "again");
    }
    assertEquals(List.of(), kinds("key1", 10));
    assertFalse(kinds("key0", 10).isEmpty());
    assertFalse(kinds("key100", 10).isEmpty());
  }

  @Test
  public void whatRepeatsIsCountedAndDoesNotCrowdOutTheRest() {
    note(FETCHED, "d0key", "1001@a", "", "192.0.2.7", "");
    for (int i = 0; i < 50; i++) {
      note(CHALLENGED, "", "1001@a", "", "192.0.2.7", "nonce too old");
      note(REGISTERED, "d0key", "1001@a", "", "192.0.2.7", "over TLS");
    }
    List<PhoneEvent> story = journal.recent("1001", 10);
    assertEquals(
        List.of(REGISTERED, CHALLENGED, FETCHED), story.stream().map(PhoneEvent::kind).toList());
    assertEquals("over TLS (50 times in a row)", story.get(0).words());
    assertEquals(NOON.plusSeconds(60L * minute), story.get(0).at());
  }

  @Test
  public void anEmergencyCallOfNobodyInParticularIsFoundByItsAddress() {
    note(CALL_PERMITTED, "", "", "", "192.0.2.9", "112");
    assertEquals(List.of(CALL_PERMITTED), kinds("192.0.2.9", 10));
  }

  @Test
  public void aTextFromTheNetworkIsCutToABoundedLength() {
    note(KNOCKED, "", "", "", "192.0.2.9", "x".repeat(1_000_000));
    assertEquals(256, journal.recent("192.0.2.9", 1).get(0).words().length());
  }

  @Test
  public void manyThreadsNoteAtOnceAndNothingIsLostThatFits() throws Exception {
    int threads = 8;
    int each = 500;
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> writers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      String key = "key" + t;
      Thread writer =
          new Thread(
              () -> {
                awaitQuietly(start);
                for (int i = 0; i < each; i++) {
                  journal.note(event(REGISTERED, key, key + "@a", "", "192.0.2.1", "same"));
                }
              });
      writer.start();
      writers.add(writer);
    }
    start.countDown();
    for (Thread writer : writers) {
      writer.join();
    }
    for (int t = 0; t < threads; t++) {
      assertEquals("same (500 times in a row)", journal.recent("key" + t, 1).get(0).words());
    }
  }

  @Test
  public void itsThreadEndsWithIt() {
    journal.close();
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(t -> t.getName().equals("latchkey-journal") && t.isAlive()));
    note(KNOCKED, "", "", "", "192.0.2.9", "too late, and yet no harm");
  }

  private void settle() {
    if (minute % 1_000 == 0) {
      journal.recent("nobody", 1);
    }
  }

  private void note(Kind kind, String key, String aor, String device, String source, String words) {
    minute++;
    journal.note(event(kind, key, aor, device, source, words));
  }

  private PhoneEvent event(
      Kind kind, String key, String aor, String device, String source, String words) {
    return new PhoneEvent(NOON.plusSeconds(60L * minute), kind, key, aor, device, source, words);
  }

  private List<Kind> kinds(String phone, int limit) {
    return journal.recent(phone, limit).stream().map(PhoneEvent::kind).toList();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
