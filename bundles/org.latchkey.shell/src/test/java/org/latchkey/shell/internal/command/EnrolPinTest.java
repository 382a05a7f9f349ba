package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.Test;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.FakeAgent;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.Paper;

/** {@code latchkey:enrol --pin}, for users who move. */
public final class EnrolPinTest {

  private final FakeAgent agent = new FakeAgent();
  private final Paper paper = new Paper();

  @Test
  public void whatItsUserDialsIsShownOnce() {
    enrol("1001", "--pin", "--name", "Anna", "--window", "5");
    assertTrue(agent.asked.get(0), agent.asked.get(0).contains("codeKind=PIN"));
    String dialled = "*99*1001*" + FakeAgent.CODE;
    assertEquals(paper.text(), 2, paper.text().split(Pattern.quote(dialled), -1).length);
    assertFalse("it fetches nothing", paper.text().contains("provision"));
    assertFalse("the extension is no device", paper.text().contains("on device"));
  }

  @Test
  public void aPinIsForNoDeviceAndNoOtherWay() {
    List<List<String>> others =
        List.of(
            List.of("--typed"),
            List.of("--qr"),
            List.of("--inventory", "--device", "805ec0000001"),
            List.of("--device", "805ec0000001"),
            List.of("--line", "2"),
            List.of("--approval"));
    for (List<String> other : others) {
      List<String> words = new ArrayList<>(List.of("1001", "--pin"));
      words.addAll(other);
      RequestRefusedException refused =
          assertThrows(
              other.toString(),
              RequestRefusedException.class,
              () -> enrol(words.toArray(new String[0])));
      assertTrue(refused.getMessage().contains("a PIN is for one extension and the phone"));
    }
    assertEquals(List.of(), agent.asked);
  }

  private void enrol(String... words) {
    EnrolCommand enrol = new EnrolCommand();
    enrol.words = List.of(words);
    enrol.run(FakeParts.running(agent), paper.pipe());
  }
}
