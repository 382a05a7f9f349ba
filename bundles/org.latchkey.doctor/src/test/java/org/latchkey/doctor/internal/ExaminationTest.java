package org.latchkey.doctor.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.Aor;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Registrar;
import org.latchkey.pbx.PbxControl;
import org.latchkey.status.Doctor.Outcome;
import org.latchkey.status.Doctor.Step;

public final class ExaminationTest {

  private static final Settings SETTINGS =
      new Settings("latchkey-probe", "latchkey-test", "", Duration.ofSeconds(5), 1);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final TestAgent agent = new TestAgent();
  private final TestAudit audit = new TestAudit();
  private TestQuarantine quarantine;
  private TestDoors doors;
  private TestPbx pbx;
  private Clock clock = Clock.systemUTC();

  @Before
  public void everythingRuns() throws Exception {
    String target = "sip:latchkey-test@127.0.0.1:" + freePort();
    quarantine = new TestQuarantine("112=sip:112@localhost", "latchkey-test=" + target);
    pbx =
        new TestPbx(
            TestAgent.KEY,
            TestAgent.SECRET,
            target,
            state ->
                state.equals("held")
                    ? quarantine.held.contains(TestAgent.KEY)
                    : !agent.lives(TestAgent.KEY));
    agent.pbx = Optional.of(pbx);
    doors = new TestDoors(folder.newFolder("tls").toPath(), "localhost", agent::answer);
    agent.registrar = new Registrar("localhost", pbx.port(), doors.tlsPort(), doors.tlsPort());
  }

  @After
  public void everythingEnds() throws IOException {
    pbx.close();
    doors.close();
  }

  @Test
  public void aSystemThatWorksIsAllGreenAndKeepsNothingOfTheProbe() throws Exception {
    List<Step> steps = examined();
    assertEquals(List.of(), not(Outcome.PASSED, steps));
    assertTrue(steps.stream().anyMatch(step -> step.name().equals(PhoneExamination.REVOKED)));
    assertFalse(agent.lives(TestAgent.KEY));
    assertEquals("one revoked key is all that stays", 1, agent.keys().size());
    assertEquals(List.of("cancel e1 by doctor"), agent.asked.subList(1, agent.asked.size()));
    assertEquals(
        List.of("doctor.started", "doctor.finished"),
        audit.entries.stream().map(AuditEntry::action).toList());
    assertTrue(audit.entries.stream().allMatch(entry -> entry.actor().equals("doctor")));
  }

  @Test
  public void nothingButTheProbeAndItsTestDestinationIsEverDialled() throws Exception {
    examined();
    assertTrue(
        pbx.dialled().stream()
            .allMatch(user -> List.of("latchkey-probe", "latchkey-test").contains(user)));
  }

  @Test
  public void aPbxThatRegistersAnybodyIsFoundOut() throws Exception {
    pbx.registersAnybody = true;
    Step step = step(PhoneExamination.WRONG_KEY, examined());
    assertEquals(Outcome.FAILED, step.outcome());
    assertTrue(step.saw().contains("wrong key"));
  }

  @Test
  public void aPbxThatDoesNotAskTheQuarantineIsFoundOut() throws Exception {
    pbx.admitsAnybody = true;
    List<Step> steps = examined();
    assertEquals(Outcome.FAILED, step(PhoneExamination.CALL_BEFORE, steps).outcome());
    assertEquals(Outcome.FAILED, step(PhoneExamination.HELD, steps).outcome());
    assertEquals(Outcome.PASSED, step(PhoneExamination.CALL, steps).outcome());
  }

  @Test
  public void withoutAPbxWhatNeedsItIsSkippedAndTheRestIsExamined() throws Exception {
    pbx.close();
    List<Step> steps = examined();
    Step sip = step(PhoneExamination.SIP, steps);
    assertEquals(Outcome.FAILED, sip.outcome());
    assertTrue(sip.saw(), sip.saw().contains("Nobody listens"));
    assertEquals(Outcome.SKIPPED, step(PhoneExamination.RIGHT_KEY, steps).outcome());
    assertEquals(Outcome.PASSED, step("SIP over TLS, MD5", steps).outcome());
    assertFalse(agent.lives(TestAgent.KEY));
  }

  @Test
  public void aForeignProgramOnTheSipPortIsToldFromOurPbx() throws Exception {
    try (DatagramSocket foreign = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      agent.registrar =
          new Registrar("localhost", foreign.getLocalPort(), doors.tlsPort(), doors.tlsPort());
      Step sip = step(PhoneExamination.SIP, examined());
      assertEquals(Outcome.FAILED, sip.outcome());
      assertTrue(sip.saw(), sip.saw().contains("Our PBX does not listen"));
    }
  }

  @Test
  public void aCertificateForAnotherNameIsSaidToBeOne() throws Exception {
    doors.close();
    doors = new TestDoors(folder.newFolder("other").toPath(), "pbx.example.org", agent::answer);
    List<Step> steps = examined();
    Step certificate = step(Examination.CERTIFICATE, steps);
    assertEquals(Outcome.FAILED, certificate.outcome());
    assertTrue(certificate.saw(), certificate.saw().contains("is for another name"));
    assertTrue(certificate.next().contains("publicName"));
    assertEquals(Outcome.SKIPPED, step(Examination.FETCH, steps).outcome());
    assertEquals(List.of("cancel e1 by doctor"), agent.asked);
  }

  @Test
  public void aCertificateOfAnotherAuthorityIsToldFromOneForAnotherName() throws Exception {
    Path trusted = doors.caFile().orElseThrow();
    TestDoors foreign =
        new TestDoors(folder.newFolder("other").toPath(), "pbx.example.org", agent::answer);
    Files.copy(foreign.caFile().orElseThrow(), trusted, StandardCopyOption.REPLACE_EXISTING);
    Step untrusted = step(Examination.CERTIFICATE, examined());
    assertTrue(untrusted.saw(), untrusted.saw().contains("not from the CA that phones are given"));
    doors.close();
    doors = foreign;
    Files.writeString(trusted, "");
    Files.copy(trusted, foreign.caFile().orElseThrow(), StandardCopyOption.REPLACE_EXISTING);
    Step both = step(Examination.CERTIFICATE, examined());
    assertTrue(both.saw(), both.saw().contains("pbx.example.org instead of localhost"));
  }

  @Test
  public void aClockThatWentBackIsSaidToBeOff() throws Exception {
    audit.append(new AuditEntry(Instant.now(), "ann", "key.issued", "", "", "", "", ""));
    clock = Clock.fixed(Instant.now().minus(Duration.ofDays(3)), ZoneOffset.UTC);
    Step step = step(Examination.CLOCK, examined());
    assertEquals(Outcome.FAILED, step.outcome());
    assertTrue(step.next().contains("Set the clock"));
  }

  @Test
  public void withoutAnAuditLogNothingIsEnrolled() throws Exception {
    audit.broken = true;
    List<Step> steps = examined();
    assertEquals(Outcome.FAILED, step(Examination.AUDIT, steps).outcome());
    assertEquals(Outcome.SKIPPED, step(Examination.ENROLMENT, steps).outcome());
    assertEquals(List.of(), agent.enrolments);
  }

  @Test
  public void anExtensionInUseIsLeftAlone() throws Exception {
    agent.enrol(EnrolmentOrder.of("latchkey-probe"), "ann");
    agent.issue("kbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "latchkey-probe", "e1");
    List<Step> steps = examined();
    assertEquals(Outcome.FAILED, step(Examination.NAMES, steps).outcome());
    assertEquals(Outcome.SKIPPED, step(Examination.ENROLMENT, steps).outcome());
    assertEquals(List.of(), agent.asked);
    assertTrue(agent.lives("kbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"));
  }

  @Test
  public void anOldPhoneRegisteredAsTheProbeIsLeftAlone() throws Exception {
    pbx.bind(new Aor("latchkey-probe", "localhost"), "", "sip:x@127.0.0.1:9");
    assertEquals(Outcome.FAILED, step(Examination.NAMES, examined()).outcome());
  }

  @Test
  public void whatAKilledDoctorLeftIsTakenAway() throws Exception {
    agent.enrol(EnrolmentOrder.of("latchkey-probe"), "doctor");
    agent.issue("kbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "latchkey-probe", "e1");
    List<Step> steps = examined();
    assertTrue(step(Examination.NAMES, steps).saw().contains("Took away 2"));
    assertFalse(agent.lives("kbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"));
    assertEquals(List.of(), not(Outcome.PASSED, steps));
  }

  @Test
  public void aTestDestinationThatLeadsToAnEmergencyServiceIsNeverDialled() throws Exception {
    quarantine = new TestQuarantine("112=sip:112@trunk", "latchkey-test=sip:112@trunk");
    assertEquals(Outcome.FAILED, step(Examination.NAMES, examined()).outcome());
    assertEquals(List.of(), pbx.dialled());
    quarantine = new TestQuarantine("latchkey-test=sip:112@trunk", "x=sip:x@127.0.0.1:9");
    assertEquals(Outcome.FAILED, step(Examination.NAMES, examined()).outcome());
    assertEquals(List.of(), pbx.dialled());
  }

  @Test
  public void withNothingRunningEachAbsenceIsNamed() throws Exception {
    List<Step> steps =
        examined(
            new Surroundings(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
    assertTrue(step(Examination.CERTIFICATE, steps).saw().contains("HTTPS doors"));
    assertTrue(step(Examination.NAMES, steps).saw().contains("key agent"));
    assertTrue(step(Examination.AUDIT, steps).next().contains("Start the bundle"));
  }

  private List<Step> examined() throws Exception {
    return examined(
        new Surroundings(
            Optional.of(agent),
            Optional.of(quarantine),
            Optional.of((AuditLog) audit),
            Optional.of((PublicAddress) doors),
            List.of((PbxControl) pbx)));
  }

  private List<Step> examined(Surroundings surroundings) throws Exception {
    List<Step> told = new ArrayList<>();
    Path base = folder.getRoot().toPath();
    try (Findings findings =
            new Findings(told::add, Duration.ofSeconds(30), Duration.ofSeconds(15));
        Examination examination = new Examination(surroundings, SETTINGS, findings, base, clock)) {
      examination.run("ann");
      assertEquals(told, findings.steps());
      return told;
    }
  }

  private static Step step(String name, List<Step> steps) {
    return steps.stream().filter(step -> step.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> not(Outcome outcome, List<Step> steps) {
    return steps.stream()
        .filter(step -> step.outcome() != outcome)
        .map(Step::toString)
        .collect(Collectors.toList());
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final class TestAudit implements AuditLog {
    private final List<AuditEntry> entries = new ArrayList<>();
    private boolean broken;

    @Override
    public void append(AuditEntry entry) {
      if (broken) {
        throw new AuditUnavailableException("read-only", new IOException("read-only"));
      }
      entries.add(entry);
    }

    @Override
    public void appendAll(List<AuditEntry> all) {
      all.forEach(this::append);
    }

    @Override
    public List<AuditRecord> search(AuditQuery query) {
      return entries.isEmpty()
          ? List.of()
          : List.of(new AuditRecord(entries.size(), entries.get(entries.size() - 1)));
    }
  }
}
