package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.latchkey.audit.AuditUnavailableException;

/** Who reads an archive that hangs waits no longer than he should, and holds few threads. */
public class ReadingTest {

  private final MemoryArchive store = new MemoryArchive("store");
  private final MemoryArchive file = new MemoryArchive("file");
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final AtomicInteger inside = new AtomicInteger();

  @Test(timeout = 60_000)
  public void anArchiveThatHangsHoldsFourThreadsHoweverOftenItIsAsked() {
    try (Reading reading = new Reading(Duration.ofMillis(200))) {
      for (int i = 0; i < 20; i++) {
        assertEquals(List.of("file"), reading.first(List.of(store, file), this::hangs));
      }
      AuditUnavailableException refused =
          assertThrows(
              AuditUnavailableException.class, () -> reading.first(List.of(store), this::hangs));
      assertTrue(refused.getMessage(), refused.getMessage().contains("store does not answer"));
      assertEquals(Reading.MOST, inside.get());
      hanging.countDown();
    }
  }

  @Test(timeout = 60_000)
  public void whenItAnswersAgainItIsReadAgain() {
    try (Reading reading = new Reading(Duration.ofSeconds(20));
        Reading impatient = new Reading(Duration.ofMillis(30))) {
      for (int i = 0; i < 6; i++) {
        assertThrows(
            AuditUnavailableException.class, () -> impatient.first(List.of(store), this::hangs));
      }
      hanging.countDown();
      assertEquals(List.of("store"), reading.first(List.of(store), this::hangs));
      for (int i = 0; i < 6; i++) {
        assertThrows(
            AuditUnavailableException.class,
            () ->
                reading.first(
                    List.of(store),
                    unused -> {
                      throw new IllegalStateException("broken");
                    }));
      }
      assertEquals(List.of("store"), reading.first(List.of(store), this::hangs));
    }
  }

  private List<String> hangs(org.latchkey.audit.AuditArchive archive) {
    if (archive == store) {
      inside.incrementAndGet();
      try {
        hanging.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return List.of(archive.name());
  }
}
