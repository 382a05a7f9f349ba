package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments.Problem;
import org.latchkey.key.RequestRefusedException;

/** Nobody hands the lines of one user to the next without saying so. */
public class KeptLinesTest extends OneDevice {

  private static final EnrolmentOrder FIRST = order("1005", 1, CodeKind.URL, false);

  @Test
  public void aFirstLineIsNotEnrolledBesideLinesThatNobodyMentions() {
    enrol(CodeKind.URL, "1001", "1002");
    refused(() -> site.desk.enrol(FIRST, "anna"));
    refused(() -> site.desk.enrolLines(List.of(FIRST), "anna"));
    refused(() -> site.desk.enrolAll(List.of(FIRST), "anna", done -> {}));
    EnrolmentOrder inventory = FIRST.with(CodeKind.INVENTORY);
    refused(() -> site.desk.enrol(inventory, "anna"));
    refused(() -> site.desk.enrolAnew(List.of(inventory), "anna"));
    assertEquals(2, site.store.enrolments.size());
  }

  @Test
  public void itIsWhereTheyAreMentionedOrAreToStay() {
    enrol(CodeKind.URL, "1001", "1002");
    EnrolmentOrder second = order("1006", 2, CodeKind.URL, false);
    site.desk.enrolLines(List.of(FIRST, second), "anna");
    site.desk.enrol(second, "anna");
    assertEquals(
        Map.of(1, "1005", 2, "1006"),
        lines(file(byCode(List.of(site.desk.enrol(FIRST.keepingLines(), "anna"))))));
  }

  @Test
  public void aListNamesTheEntryAndTheLines() {
    enrol(2, CodeKind.URL, "1002");
    List<Problem> problems =
        site.desk.check(
            List.of(EnrolmentOrder.of("1001"), FIRST, EnrolmentOrder.of("1006@elsewhere.example")));
    assertEquals(List.of(1, 2), problems.stream().map(Problem::index).toList());
    assertEquals(
        "The file of device 805ec0000001 also holds line 2 (1002@localhost). Enrol them anew with"
            + " it, their extensions with commas; or say latchkey:enrol or latchkey:import with"
            + " --keep-lines if they stay with the device; or end them first: latchkey:revoke"
            + " 805ec0000001 --all-lines.",
        problems.get(0).sentence());
    assertEquals(List.of(), site.desk.check(List.of(FIRST.keepingLines())));
  }

  @Test
  public void anEntryThatTheInventoryHasAlreadyMentionsNothing() {
    enrol(2, CodeKind.INVENTORY, "1002");
    EnrolmentOrder second = order("1002", 2, CodeKind.INVENTORY, false);
    List<Problem> problems = site.desk.check(List.of(FIRST.with(CodeKind.INVENTORY), second));
    assertEquals(List.of(false, true), problems.stream().map(Problem::listed).toList());
  }

  @Test
  public void nobodyIsGivenTheAorOfAStranger() {
    RequestRefusedException refusal =
        assertThrows(
            RequestRefusedException.class,
            () -> site.desk.enrol(EnrolmentOrder.of("unassigned-" + MAC), "anna"));
    assertTrue(String.valueOf(refusal.getMessage()).contains("nobody gave an extension"));
  }

  private static void refused(Runnable enrolling) {
    RequestRefusedException refusal = assertThrows(RequestRefusedException.class, enrolling::run);
    String sentence = String.valueOf(refusal.getMessage());
    assertTrue(sentence, sentence.startsWith("Nothing was enrolled. The file of device"));
    assertTrue(sentence, sentence.contains("line 2 (1002@localhost)"));
  }
}
