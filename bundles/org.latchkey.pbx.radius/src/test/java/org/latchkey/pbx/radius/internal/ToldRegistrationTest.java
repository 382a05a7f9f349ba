package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

/** A registration is told once: by us, or by the PBX when it has done it. */
public class ToldRegistrationTest {

  private final Office office = new Office();

  @Test
  public void whoTellsItselfIsNotTalkedOverAndItsRefusalsAreOurs() {
    assertTrue(office.ask(Question.ofPhone().draft(), Office.TELLING_PBX).isPresent());
    assertEquals(List.of(), office.journal);
    assertEquals(List.of(), office.registered);
    office.ask(Question.ofPhone().provedBy("f".repeat(32)).draft(), Office.TELLING_PBX);
    assertEquals(1, office.journal.size());
  }

  @Test
  public void forAllOthersWeTell() {
    assertTrue(office.ask(Question.ofPhone().draft()).isPresent());
    assertEquals(1, office.journal.size());
    assertEquals(1, office.registered.size());
  }
}
