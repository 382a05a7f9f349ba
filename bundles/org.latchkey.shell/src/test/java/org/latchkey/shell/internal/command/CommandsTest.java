package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.DenialReason;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Knock;
import org.latchkey.key.MaintenancePasswords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.shell.internal.FakeAgent;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.FakePbx;
import org.latchkey.shell.internal.FakeQuarantine;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Paper;

public final class CommandsTest {

  private static final String KEY = "kaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  private final FakeAgent agent = new FakeAgent().issued(KEY, "1001", "805ec0000001", 1);
  private final FakePbx pbx =
      new FakePbx("latchkey").registered("1001", KEY, "10.0.0.5:5060", "bare\u001b[2Jsip");
  private final FakeQuarantine quarantine = new FakeQuarantine();
  private final FakeParts node = FakeParts.running(agent, pbx, quarantine, new Doors());
  private final Paper paper = new Paper();

  @Test
  public void enrolShowsTheCodeOnceWithWhatToDoWithIt() {
    EnrolCommand enrol = new EnrolCommand();
    enrol.words = List.of("1002", "--device", "805ec0000002", "--approval", "--window=30");
    enrol.run(node, paper.pipe());
    String text = paper.text();
    assertTrue(text.contains("One-time code, shown this once:  " + FakeAgent.CODE));
    assertTrue(
        text.contains(
            "https://pbx.example.org:8443/provision/linphone/" + FakeAgent.CODE + ".xml"));
    assertTrue(text.contains("--cacert '/srv/karaf/latchkey/tls/ca.pem'"));
    assertTrue(text.contains("https://pbx.example.org:8443/v1/keys"));
    String curl = text.lines().filter(line -> line.contains("curl")).findFirst().orElseThrow();
    assertFalse(curl.contains(FakeAgent.CODE));
    assertTrue(agent.asked.get(0).contains("approval=true"));
    assertTrue(agent.asked.get(0).contains("PT30M"));
  }

  @Test
  public void enrolmentsListsAndCancels() {
    agent.enrol(EnrolmentOrder.of("1002"), "ann");
    new EnrolmentsCommand().run(node, paper.pipe());
    assertTrue(paper.text().contains("no key yet, open"));
    assertFalse(paper.text().contains("hash"));
    EnrolmentsCommand cancel = new EnrolmentsCommand();
    cancel.cancel = "e1";
    cancel.run(node, paper.pipe());
    assertEquals("cancel e1 by console", agent.asked.get(1));
  }

  @Test
  public void pendingNamesTheOneCommandForEach() {
    quarantine.awaitApproval(KEY, "enrolment");
    agent.knocks.add(
        new Knock(
            FakeAgent.THEN,
            "10.0.0.7",
            "805ec0000003",
            "json",
            "evil\u001b]0;x",
            DenialReason.NO_CREDENTIAL,
            3));
    new PendingCommand().run(node, paper.pipe());
    assertTrue(paper.text().contains("latchkey:approve " + KEY));
    assertTrue(paper.text().contains("latchkey:window --device 805ec0000003 --enrol EXTENSION"));
    assertTrue(paper.text().contains("3 times"));
    assertFalse(paper.text().contains("\u001b"));
  }

  @Test
  public void aMaintenancePasswordIsPrintedWhenAskedForAndNeverAsJson() {
    FakeParts withPasswords =
        FakeParts.running(
            agent,
            (MaintenancePasswords) (key, actor) -> Secret.ofText("of " + key + " for " + actor));
    PhoneCommand phone = new PhoneCommand();
    phone.words = List.of("1001", "--maintenance-password");
    phone.run(withPasswords, paper.pipe());
    assertTrue(paper.text(), paper.text().contains(KEY + ": of " + KEY + " for console"));
    PhoneCommand json = new PhoneCommand();
    json.words = List.of("1001", "--maintenance-password", "--json");
    refuses("for a person", json);
  }

  @Test
  public void assignNamesTheNewExtension() {
    AssignCommand assign = new AssignCommand();
    assign.words = List.of("1001", "1005");
    assign.run(node, paper.pipe());
    assertEquals(List.of("assign " + KEY + " to 1005 by console"), agent.asked);
    assertTrue(paper.text().contains("Assigned 1005@localhost"));
    assign.words = List.of("1001");
    refuses("type latchkey:assign PHONE EXTENSION", assign);
  }

  @Test
  public void phonesAreListedFilteredAndAsJson() {
    new PhonesCommand().run(node, paper.pipe());
    assertTrue(paper.text().contains("bare?[2Jsip"));
    PhonesCommand filtered = new PhonesCommand();
    filtered.words = List.of("nobody", "--json");
    Paper json = new Paper();
    filtered.run(node, json.pipe());
    assertEquals("[]", json.text().replaceAll("\\s", ""));
    filtered.words = List.of("BARE");
    Paper found = new Paper();
    filtered.run(node, found.pipe());
    assertTrue(found.text().contains("\"aor\" : \"1001@localhost\""));
  }

  @Test
  public void phoneTellsAllOfOne() {
    quarantine.hold(KEY, "noise", "ann");
    PhoneCommand phone = new PhoneCommand();
    phone.words = List.of("1001");
    phone.run(node, paper.pipe());
    for (String fact : List.of(KEY, "805ec0000001", "Ann's desk", "10.0.0.5", "noise", "by ann")) {
      assertTrue(fact, paper.text().contains(fact));
    }
    phone.words = List.of("4711");
    refuses("No phone is known as '4711'", phone);
  }

  @Test
  public void optionsMayStandBeforeAndBehindTheirPhoneButMustExist() {
    HoldCommand hold = new HoldCommand();
    hold.words = List.of("1001", "--hangup");
    refuses("'--hangup' is no option of it. latchkey:hold --help", hold);
    hold.words = List.of("1001", "--reason");
    refuses("--reason needs a value", hold);
    hold.words = List.of("1001", "1002");
    refuses("type latchkey:hold PHONE", hold);
    assertEquals(List.of(), quarantine.holds());
    hold.words = List.of("--", "-x");
    refuses("'-x'", hold);
  }

  @Test
  public void everyCommandSaysWhichPartIsAway() {
    List<String> silent = new ArrayList<>();
    for (LatchkeyCommand command : all()) {
      RequestRefusedException refused =
          assertThrows(
              command.getClass().getName(),
              RequestRefusedException.class,
              () -> command.run(FakeParts.running(), paper.pipe()));
      if (!refused.getMessage().contains("is not running: its bundle org.latchkey.")) {
        silent.add(command.getClass().getSimpleName() + ": " + refused.getMessage());
      }
    }
    assertEquals(List.of(), silent);
  }

  private static List<LatchkeyCommand> all() {
    EnrolCommand enrol = new EnrolCommand();
    enrol.words = List.of("1001");
    ApproveCommand approve = new ApproveCommand();
    approve.words = List.of("1001");
    ReleaseCommand release = new ReleaseCommand();
    release.words = List.of("1001");
    HoldCommand hold = new HoldCommand();
    hold.words = List.of("1001");
    RevokeCommand revoke = new RevokeCommand();
    revoke.words = List.of("1001");
    AssignCommand assign = new AssignCommand();
    assign.words = List.of("1001", "1002");
    WhyCommand why = new WhyCommand();
    why.words = List.of("1001");
    ImportCommand phones = new ImportCommand();
    phones.words = List.of("phones.csv");
    return List.of(
        enrol,
        approve,
        release,
        hold,
        revoke,
        assign,
        why,
        phones,
        new EnrolmentsCommand(),
        new PendingCommand(),
        new PhonesCommand(),
        new AuditCommand(),
        new DoctorCommand());
  }

  private void refuses(String words, LatchkeyCommand command) {
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> command.run(node, paper.pipe()));
    assertTrue(refused.getMessage(), refused.getMessage().contains(words));
  }

  private static final class Doors implements PublicAddress {
    @Override
    public URI phones() {
      return URI.create("https://pbx.example.org:8443/");
    }

    @Override
    public String caPem() {
      return "";
    }

    @Override
    public Optional<Path> caFile() {
      return Optional.of(Path.of("/srv/karaf/latchkey/tls/ca.pem"));
    }
  }
}
