package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Knock;
import org.latchkey.shell.internal.FakeAgent;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.FakePbx;
import org.latchkey.shell.internal.FakeQuarantine;
import org.latchkey.shell.internal.Paper;

/** One request with a MAC address must not have an administrator give an extension away. */
public final class PendingCommandTest {

  private static final String KEY = "kaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String MAC = "805ec0000001";

  private final FakeAgent agent = new FakeAgent().issued(KEY, "1001", MAC, 1);
  private final FakePbx pbx = new FakePbx("latchkey");
  private final FakeQuarantine quarantine = new FakeQuarantine();
  private final FakeParts node = FakeParts.running(agent, pbx, quarantine);
  private final Paper paper = new Paper();

  @Test
  public void aPhoneThatHasRegisteredIsLookedAtFirst() {
    agent.keys.replaceAll(key -> key.registered(FakeAgent.THEN));
    assertEquals(List.of("latchkey:why " + MAC), commands(MAC, DenialReason.NO_PROOF));
    assertEquals(List.of("latchkey:why " + MAC), commands(MAC, DenialReason.NOT_IN_INVENTORY));
  }

  @Test
  public void aPhoneThatWasRevokedIsLookedAtFirst() {
    agent.revoke(KEY, "stolen", "ann");
    assertEquals(List.of("latchkey:why " + MAC), commands(MAC, DenialReason.REVOKED));
    assertEquals(List.of("latchkey:why " + MAC), commands(MAC, DenialReason.OTHER_NETWORK));
    assertFalse(paper.text().contains("enrol"));
  }

  @Test
  public void aPhoneThatNeverCameIsLetIn() {
    enrol(1, "1001");
    assertEquals(
        List.of("latchkey:window --device 805ec0000001 --enrol 1001@localhost"),
        commands(MAC, DenialReason.NO_CREDENTIAL));
    assertEquals(
        List.of("latchkey:window --device 805ec0000009 --enrol EXTENSION"),
        commands("805ec0000009", DenialReason.NO_CREDENTIAL));
  }

  @Test
  public void oneWithSeveralLinesIsLetInWithAllOfThem() {
    enrol(2, "1002");
    enrol(1, "1001");
    assertEquals(
        List.of("latchkey:window --device 805ec0000001 --enrol 1001@localhost,1002@localhost"),
        commands(MAC, DenialReason.NO_CREDENTIAL));
  }

  @Test
  public void whatAPhoneCallsItselfMakesNoExtensionItsOwn() {
    agent.issued(KEY.replace('a', 'c'), "1666", "805ec0000007", 1);
    agent.issued(KEY.replace('a', 'd'), "unassigned-805ec0000008", "805ec0000008", 1);
    for (String device : List.of("805ec0000007", "805ec0000008")) {
      assertEquals(
          List.of("latchkey:window --device " + device + " --enrol EXTENSION"),
          commands(device, DenialReason.SERVED_ALREADY));
    }
  }

  @Test
  public void whoWaitsUnderAnAddressThatIsAnothersIsSeenAsThat() {
    String stranger = KEY.replace('a', 'b');
    agent.issued(stranger, "unassigned-" + MAC, MAC, 1);
    pbx.registered("unassigned-" + MAC, stranger, "10.0.0.66:5060", "phone");
    quarantine.awaitApproval(stranger, "enrolment");
    new PendingCommand().run(node, paper.pipe());
    assertTrue(paper.text(), paper.text().contains("10.0.0.66"));
    assertTrue(
        paper.text(),
        paper.text().contains("This MAC address has key " + KEY + " of 1001@localhost"));
  }

  @Test
  public void nobodyWaitsUnderAKeyThatHasEnded() {
    quarantine.awaitApproval(KEY, "enrolment");
    agent.revoke(KEY, "its phone has moved", "keyagent");
    new PendingCommand().run(node, paper.pipe());
    assertEquals("Nobody waits to be let in.", paper.text().strip());
  }

  private void enrol(int line, String extension) {
    agent.enrol(
        new EnrolmentOrder(
            extension,
            Optional.of(MAC),
            line,
            Optional.empty(),
            false,
            CodeKind.URL,
            Optional.empty()),
        "ann");
  }

  private List<String> commands(String device, DenialReason reason) {
    agent.knocks.clear();
    agent.knocks.add(new Knock(FakeAgent.THEN, "10.0.0.7", device, "json", "", reason, 1));
    PendingCommand pending = new PendingCommand();
    int before = paper.text().length();
    pending.run(node, paper.pipe());
    return paper
        .text()
        .substring(before)
        .lines()
        .filter(line -> line.startsWith("  latchkey:"))
        .map(String::strip)
        .toList();
  }
}
