package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;
import org.latchkey.admission.Hold;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.FakeAgent;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.FakePbx;
import org.latchkey.shell.internal.FakeQuarantine;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Paper;

/** What takes a phone's rights away for a while or for good, and gives them back. */
public final class HoldingCommandsTest {

  private static final String KEY = "kaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  private final FakeAgent agent = new FakeAgent().issued(KEY, "1001", "805ec0000001", 1);
  private final FakePbx pbx =
      new FakePbx("latchkey").registered("1001", KEY, "10.0.0.5:5060", "baresip");
  private final FakeQuarantine quarantine = new FakeQuarantine();
  private final FakeParts node = FakeParts.running(agent, pbx, quarantine);
  private final Paper paper = new Paper();

  @Test
  public void approveLetsAPhoneOutOnce() {
    quarantine.awaitApproval(KEY, "enrolment");
    ApproveCommand approve = new ApproveCommand();
    approve.words = List.of("80:5e:c0:00:00:01");
    approve.run(node, paper.pipe());
    assertEquals(List.of(), quarantine.holds());
    refuses("waits for approval", approve);
  }

  @Test
  public void approveLetsAPhoneOutWithEachKeyThatItHasFetched() {
    String next = KEY.replace('a', 'b');
    agent.moved(KEY, next);
    quarantine.awaitApproval(KEY, "enrolment");
    quarantine.awaitApproval(next, "enrolment");
    new PendingCommand().run(node, paper.pipe());
    assertTrue(paper.text().contains("latchkey:approve " + next));
    assertFalse(paper.text().contains("latchkey:approve " + KEY));
    ApproveCommand approve = new ApproveCommand();
    approve.words = List.of("1001");
    approve.run(node, paper.pipe());
    assertEquals(List.of(), quarantine.holds());
  }

  @Test
  public void holdAndReleaseGoThereAndBack() {
    HoldCommand hold = new HoldCommand();
    hold.words = List.of("1001", "--reason", "noise", "--hang-up");
    hold.run(node, paper.pipe());
    Hold held = quarantine.holds().get(0);
    assertEquals("noise", held.reason());
    assertEquals(List.of(KEY), pbx.hungUp);
    ReleaseCommand release = new ReleaseCommand();
    release.words = List.of("10.0.0.5");
    release.run(node, paper.pipe());
    assertEquals(List.of(), quarantine.holds());
    refuses("is held", release);
  }

  @Test
  public void revokeTakesTheIdentifierOfAKeyThatNobodyHasARecordOf() {
    String unknown = "k0123456789abcdefghjkmnpqrstvwxy";
    RevokeCommand revoke = new RevokeCommand();
    revoke.words = List.of(unknown, "--lost");
    revoke.run(node, paper.pipe());
    assertEquals(List.of("revoke " + unknown + " because 'lost' by console"), agent.asked);
    assertTrue(paper.text().contains("of which there is no record"));
  }

  @Test
  public void revokeEndsTheOneKeyAndNoCallsUnlessAsked() {
    RevokeCommand revoke = new RevokeCommand();
    revoke.words = List.of("1001", "--reason=lost");
    revoke.run(node, paper.pipe());
    assertEquals(List.of("revoke " + KEY + " because 'lost' by console"), agent.asked);
    assertEquals(List.of(), pbx.hungUp);
    refuses("key that is not revoked", revoke);
  }

  @Test
  public void revokeNamesWhatBecameOfThePhoneFirst() {
    RevokeCommand revoke = new RevokeCommand();
    revoke.words = List.of("1001", "--compromised", "--reason=taken from the lobby");
    revoke.run(node, paper.pipe());
    assertEquals(
        List.of("revoke " + KEY + " because 'compromised: taken from the lobby' by console"),
        agent.asked);
    RevokeCommand two = new RevokeCommand();
    two.words = List.of("1001", "--lost", "--replaced");
    refuses("Give one of", two);
  }

  private void refuses(String words, LatchkeyCommand command) {
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> command.run(node, paper.pipe()));
    assertTrue(refused.getMessage(), refused.getMessage().contains(words));
  }
}
