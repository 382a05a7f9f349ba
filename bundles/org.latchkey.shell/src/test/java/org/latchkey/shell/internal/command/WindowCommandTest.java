package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.karaf.shell.impl.action.command.DefaultActionPreparator;
import org.junit.Test;
import org.latchkey.key.EnrolmentWindows;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.FakeAgent;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.Paper;

/** How an administrator lets one phone in by its MAC address, and nobody else lets in any. */
public final class WindowCommandTest {

  private static final String MAC = "805ec0000009";

  private final FakeAgent agent = new FakeAgent();
  private final FakeWindows windows = new FakeWindows();
  private final Paper paper = new Paper();

  @Test
  public void aPhoneThatIsNotInTheInventoryIsEnteredAnewAndLetIn() throws Exception {
    typed("--device", MAC, "--enrol", "1002", "--line", "2", "--name", "Lobby", "--approval");
    assertEquals("anew", agent.asked.get(0));
    String order = agent.asked.get(1);
    for (String part : List.of("1002", MAC, "line=2", "Lobby", "approval=true", "INVENTORY")) {
      assertTrue(order, order.contains(part));
    }
    assertEquals(List.of("let in " + MAC + " for PT30M"), windows.asked);
    assertTrue(paper.text(), paper.text().contains("Enrolled 1002@localhost on device " + MAC));
  }

  @Test
  public void aPhoneWithSeveralLinesIsLetInOnceWithAllOfThem() throws Exception {
    typed("--device", MAC, "--enrol", "1001,1002");
    assertTrue(agent.asked.get(1), agent.asked.get(1).contains("aor=1001, "));
    assertTrue(agent.asked.get(2), agent.asked.get(2).contains("aor=1002, "));
    assertTrue(agent.asked.get(2), agent.asked.get(2).contains("line=2"));
    assertEquals(List.of("let in " + MAC + " for PT30M"), windows.asked);
  }

  @Test
  public void oneThatIsInItIsLetInAlone() throws Exception {
    typed("--device", MAC, "--for", "5m");
    assertEquals(List.of(), agent.asked);
    assertEquals(List.of("let in " + MAC + " for PT5M"), windows.asked);
  }

  @Test
  public void whatIsNotWholeIsRefusedAndNothingIsDone() {
    for (List<String> words :
        List.of(
            List.of("--enrol", "1002"),
            List.of("--inventory", "--enrol", "1002"),
            List.of("--device", MAC, "--line", "2"),
            List.of("--device", MAC, "--enrol", "1002", "--line", "256"),
            List.of("--device", MAC, "--enrol", "1002", "--for", "soon"),
            List.of("--anybody", "--approval"))) {
      assertThrows(
          String.join(" ", words),
          RequestRefusedException.class,
          () -> typed(words.toArray(String[]::new)));
    }
    assertEquals(List.of(), agent.asked);
    assertEquals(List.of(), windows.asked);
  }

  private void typed(String... words) throws Exception {
    WindowCommand command = new WindowCommand();
    assertTrue(new DefaultActionPreparator().prepare(command, null, List.of((Object[]) words)));
    command.run(FakeParts.running(agent, windows), paper.pipe());
  }

  private static final class FakeWindows implements EnrolmentWindows {
    final List<String> asked = new ArrayList<>();

    @Override
    public Window open(Kind kind, Duration length, OptionalInt perMinute, String actor) {
      asked.add("open " + kind);
      return new Window(kind, FakeAgent.THEN.plus(length), 10, 0, actor);
    }

    @Override
    public Instant letIn(String device, Duration length, String actor) {
      asked.add("let in " + device + " for " + length);
      return FakeAgent.THEN.plus(length);
    }

    @Override
    public List<Window> open() {
      return List.of();
    }

    @Override
    public List<Window> close(String actor) {
      asked.add("close");
      return List.of();
    }
  }
}
