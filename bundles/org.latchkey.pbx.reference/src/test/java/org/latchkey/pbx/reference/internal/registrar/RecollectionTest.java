package org.latchkey.pbx.reference.internal.registrar;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.Test;

/** What is remembered of REGISTERs takes no more memory than is set, however long their names. */
public class RecollectionTest {

  private static final Duration LASTS = Duration.ofMinutes(2);
  private static final long MOST_BYTES = 1L << 20;

  private Instant now = Instant.parse("2026-12-01T10:00:00Z");
  private final Recollection lately = new Recollection(() -> now, LASTS, MOST_BYTES);

  @Test
  public void longNamesAreForgottenTheSooner() {
    for (int i = 0; i < 100_000; i++) {
      lately.note("1001@example.org " + i + ' ' + "x".repeat(512), i);
      assertTrue(lately.size() <= MOST_BYTES / 1_024);
    }
    assertEquals(Optional.of(99_999L), lately.turnOf(name(99_999)));
    assertEquals("the eldest made way", Optional.empty(), lately.turnOf(name(0)));
  }

  @Test
  public void nothingIsCountedTwiceAndWhatEndedGivesItsBytesBack() {
    for (int i = 0; i < 100_000; i++) {
      lately.note("the same", i);
    }
    assertEquals(1, lately.size());
    for (int i = 0; i < 800; i++) {
      lately.note(name(i), i);
    }
    assertEquals(Optional.of(0L), lately.turnOf(name(0)));
    now = now.plus(LASTS);
    lately.note("another", 1);
    assertEquals(1, lately.size());
    for (int i = 0; i < 800; i++) {
      lately.note(name(i), i);
    }
    assertEquals(801, lately.size());
  }

  private static String name(int number) {
    return "1001@example.org " + number + ' ' + "x".repeat(512);
  }
}
