package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

/** Who forges questions does not fill the journal of an extension. */
public class NoteLimitTest {

  private long nanos;

  @Test
  public void anExtensionHasTwentyInTenSecondsAndOthersHaveTheirs() {
    NoteLimit limit = new NoteLimit(() -> nanos);
    for (int i = 0; i < 20; i++) {
      assertTrue(limit.permits("1001@example.org"));
    }
    assertFalse(limit.permits("1001@example.org"));
    assertTrue(limit.permits("1002@example.org"));
    nanos += 10_000_000_000L;
    assertTrue(limit.permits("1001@example.org"));
  }

  @Test
  public void onlyTheNotesOfClientsThatAnybodyCanForgeAreLimited() {
    Office office = new Office();
    for (int i = 0; i < 30; i++) {
      office.ask(Question.ofPhone().provedBy("f".repeat(32)).draft());
    }
    assertEquals(30, office.journal.size());
    for (int i = 0; i < 30; i++) {
      byte[] forged = Question.ofPhone().provedBy("f".repeat(32)).unauthenticated().draft();
      assertTrue("it is refused all the same", office.ask(forged, Office.OLD_PBX).isPresent());
    }
    assertEquals(50, office.journal.size());
  }
}
