package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.phone.FilePreviews;
import org.latchkey.phone.PhoneFile;
import org.latchkey.shell.internal.FakeAgent;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.Paper;

/** Several lines on one device, as administrators see them. */
public final class LinesCommandsTest {

  private static final String MAC = "805ec0000001";
  private static final String ONE = "k1aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String TWO = "k2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  private final FakeAgent agent =
      new FakeAgent()
          .issued(ONE, "1001", MAC, 1)
          .issued(TWO, "1002", MAC, 2)
          .issued("k3aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1003", "805ec0000003", 1);
  private final Paper paper = new Paper();

  @Test
  public void extensionsWithCommasAreLinesOfOneDevice() {
    EnrolCommand enrol = new EnrolCommand();
    enrol.words = List.of("2001,2002", "--device", MAC, "--line", "3");
    enrol.run(FakeParts.running(agent), paper.pipe());
    assertTrue(agent.asked.get(0).contains("aor=2001, device=Optional[" + MAC + "], line=3"));
    assertTrue(agent.asked.get(1).contains("aor=2002, device=Optional[" + MAC + "], line=4"));
    assertTrue(paper.text(), paper.text().contains("2002@localhost on device " + MAC + " line 4"));
  }

  @Test
  public void linesWithoutADeviceAreRefused() {
    for (List<String> words : List.of(List.of("2001,2002"), List.of("2001", "--line", "2"))) {
      EnrolCommand enrol = new EnrolCommand();
      enrol.words = words;
      RequestRefusedException refusal =
          assertThrows(
              RequestRefusedException.class,
              () -> enrol.run(FakeParts.running(agent), paper.pipe()));
      assertTrue(String.valueOf(refusal.getMessage()).contains("--device"));
    }
    assertEquals(List.of(), agent.asked);
  }

  @Test
  public void aStolenPhoneIsRevokedWithAllItsLines() {
    RevokeCommand revoke = new RevokeCommand();
    revoke.words = List.of("1002", "--all-lines", "--lost");
    revoke.run(FakeParts.running(agent), paper.pipe());
    assertEquals(
        "in one call", List.of("revoke device " + MAC + " because 'lost' by console"), agent.asked);
    assertTrue(paper.text().contains("Revoked " + ONE + " of 1001@localhost"));
    assertTrue(paper.text().contains("Revoked " + TWO + " of 1002@localhost"));
  }

  @Test
  public void whoRevokesOneLineOfAStolenPhoneIsToldOfTheOthers() {
    RevokeCommand revoke = new RevokeCommand();
    revoke.words = List.of("1001", "--compromised");
    revoke.run(FakeParts.running(agent), paper.pipe());
    assertTrue(
        paper.text(),
        paper
            .text()
            .contains(
                "still has and fetches line 2 (1002@localhost): latchkey:revoke "
                    + MAC
                    + " --all-lines"));
  }

  @Test
  public void aPhoneThatCallsItselfByAnothersDeviceDoesNotTakeThatAlong() {
    String thief = "k4aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    agent.issued(thief, "1666", MAC, 1);
    agent.claims.add(thief);
    RevokeCommand revoke = new RevokeCommand();
    revoke.words = List.of("1666", "--all-lines");
    RequestRefusedException refusal =
        assertThrows(
            RequestRefusedException.class,
            () -> revoke.run(FakeParts.running(agent), paper.pipe()));
    String sentence = String.valueOf(refusal.getMessage());
    assertTrue(sentence, sentence.contains("keys of 1001@localhost, 1002@localhost"));
    assertEquals(List.of(), agent.asked);
    RevokeCommand byDevice = new RevokeCommand();
    byDevice.words = List.of("80:5e:c0:00:00:01", "--all-lines");
    byDevice.run(FakeParts.running(agent), paper.pipe());
    assertEquals(1, agent.asked.size());
  }

  @Test
  public void theOpenEnrolmentsOfAStolenPhoneAreTold() {
    run("1003", "--device", MAC, "--line", "3");
    RevokeCommand revoke = new RevokeCommand();
    revoke.words = List.of(MAC, "--all-lines");
    revoke.run(FakeParts.running(agent), paper.pipe());
    assertTrue(
        paper.text(),
        paper.text().contains("Ended the open enrolment e1 of 1003@localhost, line 3 of device"));
  }

  @Test
  public void whatElseTheFileOfADeviceHoldsIsSaid() {
    run("1002", "--device", MAC, "--line", "2");
    run("1005", "--device", MAC, "--keep-lines");
    assertTrue(paper.text(), paper.text().contains("Its file also holds line 2 (1002@localhost)."));
    assertTrue(agent.asked.get(0), agent.asked.get(0).contains("keepLines=false"));
    assertTrue(agent.asked.get(1), agent.asked.get(1).contains("keepLines=true"));
  }

  @Test
  public void allLinesAtOnceOrAFurtherOneNeedNoMoreWords() {
    run("1001,1002", "--device", MAC);
    run("1001,1002", "--device", MAC);
    run("1003", "--device", MAC, "--line", "3");
    assertEquals(5, agent.asked.size());
  }

  @Test
  public void aPictureIsForOneExtension() {
    for (List<String> words :
        List.of(
            List.of("1001,1002", "--device", MAC, "--qr"),
            List.of("1002", "--device", MAC, "--line", "2", "--qr"))) {
      RequestRefusedException refusal =
          assertThrows(RequestRefusedException.class, () -> run(words.toArray(String[]::new)));
      assertTrue(String.valueOf(refusal.getMessage()).contains("which has one line"));
    }
    assertEquals(List.of(), agent.asked);
  }

  private void run(String... words) {
    EnrolCommand enrol = new EnrolCommand();
    enrol.words = List.of(words);
    enrol.run(FakeParts.running(agent), paper.pipe());
  }

  @Test
  public void withoutThatOneLineIsRevoked() {
    RevokeCommand revoke = new RevokeCommand();
    revoke.words = List.of("1002");
    revoke.run(FakeParts.running(agent), paper.pipe());
    assertEquals(List.of("revoke " + TWO + " because '' by console"), agent.asked);
  }

  @Test
  public void aFileOfTwoLinesIsShownOnce() {
    List<List<String>> shown = new ArrayList<>();
    FilePreviews previews =
        (keys, registrar) -> {
          shown.add(keys.stream().map(KeyRecord::keyIdentifier).toList());
          return Optional.of(new PhoneFile("text/plain", Secret.ofText("the file")));
        };
    PhoneCommand phone = new PhoneCommand();
    phone.words = List.of(MAC, "--preview");
    phone.run(FakeParts.running(agent, previews), paper.pipe());
    assertEquals(List.of(List.of(ONE, TWO)), shown);
  }
}
