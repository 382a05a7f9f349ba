package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.latchkey.custody.RegistrarNode;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.Paper;

public final class RegistrarTrustCommandTest {

  private static final String AGENT = "abcd-efgh-jkmn-pqrs-tvwx";

  private final List<String> asked = new ArrayList<>();
  private final Paper paper = new Paper();

  @Test
  public void itSaysWhichExportIsInForceThen() {
    RegistrarNode node =
        (fingerprint, actor) -> {
          asked.add(fingerprint + " by " + actor);
          return new RegistrarNode.InForce(7, Instant.EPOCH, AGENT, List.of(1));
        };
    RegistrarTrustCommand command = new RegistrarTrustCommand();
    command.words = List.of(AGENT);
    command.run(FakeParts.running(node), paper.pipe());
    assertEquals(List.of(AGENT + " by console"), asked);
    assertTrue(paper.text(), paper.text().contains("The agent " + AGENT + " is trusted"));
  }

  @Test
  public void onANodeWithAKeyAgentItSaysWhatIsMissing() {
    RegistrarTrustCommand command = new RegistrarTrustCommand();
    command.words = List.of(AGENT);
    RequestRefusedException refused =
        assertThrows(
            RequestRefusedException.class, () -> command.run(FakeParts.running(), paper.pipe()));
    assertTrue(refused.getMessage(), refused.getMessage().contains("registrar node"));
  }
}
