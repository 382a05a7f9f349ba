package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditQuery;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.latchkey.phone.Traits;
import org.latchkey.shell.internal.FakeAgent;
import org.latchkey.shell.internal.FakeEvidence;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.FakePbx;
import org.latchkey.shell.internal.Paper;

/** A phone that an administrator has fetch its configuration. */
public class CheckSyncCommandTest {

  private static final String OLD = "k0109k5kwgjn1e9qxyeab8tv1fh8vbrm";
  private static final String NEW = "k0209k5kwgjn1e9qxyeab8tv1fh8vbrm";
  private static final String MAC = "805ec0000001";

  private final FakeAgent agent = new FakeAgent().issued(OLD, "1001", MAC, 1);
  private final FakePbx pbx =
      new FakePbx("latchkey").registered("1001", OLD, "192.0.2.7:5060", "Yealink");
  private final FakeEvidence evidence = new FakeEvidence();
  private final Paper paper = new Paper();

  @Test
  public void itIsToldByTheEventOfItsFamilyHoweverItIsNamed() {
    for (String name : List.of("1001", "1001@localhost", "80:5E:C0:00:00:01", OLD, "192.0.2.7")) {
      told(name, new Family(Optional.of("check-sync;reboot=false")));
      assertEquals(name, List.of(OLD + " check-sync;reboot=false"), pbx.told);
      pbx.told.clear();
    }
    assertTrue(paper.text(), paper.text().contains("to 1 registration of 1001@localhost"));
    AuditEntry entry = evidence.log().search(new AuditQuery("", "", 0, 1)).get(0).entry();
    assertEquals(
        "phone.check-sync " + OLD + " 1001@localhost " + MAC,
        String.join(" ", entry.action(), entry.keyIdentifier(), entry.aor(), entry.device()));
  }

  @Test
  public void onePhoneThatFetchedItsNextKeyIsToldByTheOneItRegisteredWith() {
    agent.moved(OLD, NEW);
    told("1001", new Family(Optional.of("resync")));
    assertEquals(List.of(OLD + " resync"), pbx.told);
  }

  @Test
  public void whoCannotBeToldIsNamedWithTheNextStepAndNothingIsNoted() {
    Family linphone = new Family(Optional.empty());
    refused("start it anew", agent, pbx, evidence.log(), linphone);
    refused("phone profiles", agent, pbx, evidence.log());
    refused("reference PBX", agent, evidence.log(), linphone);
    refused("audit log", agent, pbx, linphone);
    refused("key agent", pbx, evidence.log(), linphone);
    Family yealink = new Family(Optional.of("check-sync"));
    refused("is not registered", agent, new FakePbx("latchkey"), evidence.log(), yealink);
    assertEquals(List.of(), evidence.log().search(new AuditQuery("", "", 0, 9)));
    assertEquals(List.of(), pbx.told);
  }

  private void told(String name, Family family) {
    command(name).run(FakeParts.running(agent, pbx, evidence.log(), family), paper.pipe());
  }

  private void refused(String words, Object... running) {
    RequestRefusedException refusal =
        assertThrows(
            RequestRefusedException.class,
            () -> command("1001").run(FakeParts.running(running), paper.pipe()));
    assertTrue(refusal.getMessage(), String.valueOf(refusal.getMessage()).contains(words));
  }

  private static CheckSyncCommand command(String name) {
    CheckSyncCommand command = new CheckSyncCommand();
    command.words = List.of(name);
    return command;
  }

  /** The family of the agent's phone, and the event that it knows. */
  private record Family(Optional<String> event) implements PhoneProfile {
    @Override
    public String name() {
      return "json";
    }

    @Override
    public Traits traits() {
      return new Traits(DigestAlgorithm.MD5, IdentifierForm.LONG, false, event);
    }

    @Override
    public Optional<FileRequest> recognise(ProvisioningRequest request) {
      return Optional.empty();
    }

    @Override
    public PhoneFile render(FileRequest file, List<IssuedKey> keys, Site site) {
      return new PhoneFile("text/plain", Secret.ofText(""));
    }
  }
}
