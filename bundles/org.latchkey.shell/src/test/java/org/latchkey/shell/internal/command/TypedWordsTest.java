package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.impl.action.command.DefaultActionPreparator;
import org.junit.Test;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.FakeAgent;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.FakeQuarantine;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Paper;

/** What Karaf itself makes of the words that people type. */
public final class TypedWordsTest {

  private static final String KEY = "kaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  private final FakeAgent agent = new FakeAgent().issued(KEY, "1001", "", 1);
  private final FakeQuarantine quarantine = new FakeQuarantine();

  @Test
  public void optionsInFrontAreReadByKaraf() throws Exception {
    typed(new HoldCommand(), "--reason", "noise", "1001");
    assertEquals("noise", quarantine.holds().get(0).reason());
  }

  @Test
  public void optionsBehindAreReadToo() throws Exception {
    typed(new HoldCommand(), "1001", "--reason", "noise");
    assertEquals("noise", quarantine.holds().get(0).reason());
  }

  @Test
  public void numbersAndTruthsAreReadInBothPlaces() throws Exception {
    typed(
        new EnrolCommand(), "--line", "2", "1002", "--window", "5", "--approval", "--device", "A1");
    assertTrue(agent.asked.get(0).contains("line=2"));
    assertTrue(agent.asked.get(0).contains("approval=true"));
    assertTrue(agent.asked.get(0).contains("PT5M"));
  }

  @Test
  public void whatACommandWithoutArgumentsIsGivenIsRefusedWithTheNextStep() {
    List<LatchkeyCommand> all =
        List.of(
            new AuditCommand(),
            new CustodyCommand(),
            new DoctorCommand(),
            new EnrolmentsCommand(),
            new GenerationsCommand(),
            new PendingCommand(),
            new RotateCommand(),
            new StatusCommand(),
            new UnsealCommand());
    for (LatchkeyCommand command : all) {
      String name = command.getClass().getAnnotation(Command.class).name();
      RequestRefusedException refused =
          assertThrows(RequestRefusedException.class, () -> typed(command, "foo"));
      assertEquals(
          "Nothing was done: latchkey:%1$s takes no 'foo'. latchkey:%1$s --help tells what can be said."
              .formatted(name),
          refused.getMessage());
    }
  }

  @Test
  public void optionsBehindWhatIsRefusedAreNotCarriedOut() {
    assertThrows(
        RequestRefusedException.class, () -> typed(new RotateCommand(), "now", "--compromised"));
    assertEquals(List.of(), agent.asked);
  }

  private void typed(LatchkeyCommand command, String... words) throws Exception {
    assertTrue(new DefaultActionPreparator().prepare(command, null, List.of((Object[]) words)));
    command.run(FakeParts.running(agent, quarantine), new Paper().pipe());
  }
}
