package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Test;
import org.latchkey.key.Aor;

/** Who was refused is known for five seconds, so that a PBX can tell a refusal from a fault. */
public class RefusalsTest {

  private static final Aor AOR = new Aor("1001", "example.org");

  private long nanos;

  @Test
  public void itIsOfThatKeyForThatExtensionAndOfTheLastSeconds() {
    Refusals refusals = new Refusals(() -> nanos);
    assertFalse(refusals.refused("k1", AOR));
    refusals.add("k1", AOR);
    nanos += 4_999_999_999L;
    assertTrue(refusals.refused("k1", AOR));
    assertFalse(refusals.refused("k2", AOR));
    assertFalse(refusals.refused("k1", new Aor("1002", "example.org")));
    nanos += 1;
    assertFalse(refusals.refused("k1", AOR));
  }

  @Test
  public void aFloodPushesOutTheOldestOnly() {
    Refusals refusals = new Refusals(() -> nanos);
    refusals.add("k1", AOR);
    for (int i = 0; i < 4_095; i++) {
      refusals.add("x" + i, AOR);
    }
    assertTrue(refusals.refused("k1", AOR));
    refusals.add("one-more", AOR);
    assertFalse(refusals.refused("k1", AOR));
    assertTrue(refusals.refused("one-more", AOR));
  }

  @Test
  public void aWrongSecretIsRememberedAndAGoodOneIsNot() {
    Office office = new Office();
    office.ask(Question.ofPhone().draft());
    assertFalse(office.desk.refusals().refused("k1", AOR));
    office.ask(Question.ofPhone().provedBy("f".repeat(32)).draft());
    assertTrue(office.desk.refusals().refused("k1", AOR));
  }
}
