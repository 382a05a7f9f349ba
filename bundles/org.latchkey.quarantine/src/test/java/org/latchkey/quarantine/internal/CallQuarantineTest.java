package org.latchkey.quarantine.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Hold;
import org.latchkey.admission.Originator;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.Aor;
import org.latchkey.status.StatusLine;

public class CallQuarantineTest {

  private static final Duration NEVER = Duration.ofDays(1);
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Node node = new Node();
  private final SiteDestinations destinations = new SiteDestinations();
  private CallQuarantine quarantine;

  @Before
  public void aQuarantineWhoseStoreHasNotComeYet() {
    quarantine = started(NEVER);
    quarantine.bindAudit(node.audit);
    quarantine.bindJournal(node.journal);
  }

  @After
  public void stopped() {
    quarantine.close();
  }

  @Test
  public void theStoreIsReadWhenItComesAndAPhoneItHoldsIsRefused() throws InterruptedException {
    node.records.add(new Hold("k1", Hold.Kind.HELD, "stolen", "anna", new HandClock().instant()));
    assertEquals("unavailable", call("sip:1002@localhost"));
    assertEquals(StatusLine.Level.FAULT, quarantine.status().get(0).level());
    storeComes();
    assertEquals("403 Ring 7000", call("sip:1002@localhost"));
    assertEquals(1, quarantine.holds("k1").size());
    assertEquals(1, quarantine.holds().size());
    assertTrue(quarantine.release("k1", "anna"));
    assertEquals("admitted", call("sip:1002@localhost"));
    assertTrue(quarantine.status().stream().allMatch(l -> l.level() == StatusLine.Level.OK));
  }

  @Test
  public void aPhoneThatAwaitsApprovalIsRefusedUntilApproved() throws InterruptedException {
    storeComes();
    quarantine.awaitApproval("k1", "enrolment");
    assertEquals("403 Ring 7000", call("sip:1002@localhost"));
    assertTrue(quarantine.approve("k1", "anna"));
    assertEquals("admitted", call("sip:1002@localhost"));
  }

  @Test
  public void onANodeThatLivesFromAnExportAPhoneThatNobodyKnowsYetIsRefused()
      throws InterruptedException {
    node.records.ofExport = true;
    storeComes();
    Aor unassigned = Aor.unassigned("805ec0000001", "localhost");
    assertEquals("403 Ring 7000", call(unassigned, "sip:1002@localhost"));
    assertEquals("to sip:112@localhost", call(unassigned, "sip:112@localhost"));
    assertEquals("admitted", call("sip:1002@localhost"));
  }

  @Test
  public void theJournalHearsNoPinOfAUserWhoMoves() throws InterruptedException {
    storeComes();
    call("sip:*99*1001*27182818@localhost");
    quarantine.hold("k1", "stolen", "anna");
    call("sip:*99*1001*27182818@localhost");
    assertTrue(node.journal.events.stream().noneMatch(e -> e.words().contains("2718")));
    assertTrue(node.journal.events.stream().anyMatch(e -> e.words().equals("called *99…")));
  }

  @Test
  public void whatTheJournalHearsIsTheDecision() throws InterruptedException {
    call("sip:1002@localhost");
    call("sip:112@localhost");
    storeComes();
    call("sip:1002@localhost");
    quarantine.hold("k1", "stolen", "anna");
    call("sip:1002@localhost\r\nVia: x");
    assertEquals(
        List.of(
            PhoneEvent.Kind.CALL_REFUSED,
            PhoneEvent.Kind.CALL_ADMITTED,
            PhoneEvent.Kind.HELD,
            PhoneEvent.Kind.CALL_REFUSED),
        node.journal.kinds());
    PhoneEvent last = List.copyOf(node.journal.events).get(3);
    assertEquals("called sip:1002@localhost??Via: x and was refused, as it is held", last.words());
    assertEquals("1001@localhost", last.aor());
  }

  @Test
  public void aStoreThatGoesLeavesMemoryInChargeAndAnotherNodesHoldGetsHere()
      throws InterruptedException {
    quarantine.close();
    quarantine = started(Duration.ofMillis(1));
    quarantine.bindRecords(node.records);
    assertNotNull(node.records.reads.poll(10, TimeUnit.SECONDS));
    node.records.add(new Hold("k1", Hold.Kind.HELD, "x", "other", new HandClock().instant()));
    node.records.reads.clear();
    for (int i = 0; i < 3; i++) {
      assertNotNull(node.records.reads.poll(10, TimeUnit.SECONDS));
    }
    assertEquals("403 Ring 7000", call("sip:1002@localhost"));
    quarantine.unbindRecords(node.records);
    assertEquals("403 Ring 7000", call("sip:1002@localhost"));
  }

  @Test
  public void anEditOfTheDestinationsIsInForceAtOnceAndABadOneChangesNothing() {
    destinations.read(List.of("110=sip:110@trunk"), List.of("9=sip:9@x"), List.of(), LOOPBACK);
    assertEquals("to sip:110@trunk", call("sip:110@localhost"));
    assertEquals(Optional.of("9"), quarantine.helpDesk());
    for (List<String> bad :
        List.of(List.of("110"), List.<String>of(), List.of("1=sip:1@x,1=sip:2@x"))) {
      destinations.read(bad, List.of(), List.of(), LOOPBACK);
      assertEquals("to sip:110@trunk", call("sip:110@localhost"));
      assertEquals(1, quarantine.permitted().all().size() - 1);
      assertTrue(
          quarantine.status().stream().anyMatch(line -> line.words().contains("not in force")));
    }
    destinations.read(List.of("110=sip:110@b"), List.of(), List.of(), List.of("10.0"));
    assertEquals("to sip:110@trunk", call("sip:110@localhost"));
    destinations.read(List.of("110=sip:110@b"), List.of(), List.of(), LOOPBACK);
    assertEquals("to sip:110@b", call("sip:110@localhost"));
    assertTrue(quarantine.status().stream().noneMatch(l -> l.words().contains("not in force")));
    assertTrue(quarantine.status().stream().anyMatch(l -> l.words().contains("no help desk")));
  }

  private CallQuarantine started(Duration refresh) {
    Path file = folder.getRoot().toPath().resolve("latchkey/holds");
    return new CallQuarantine(file, destinations, "Ring {helpDesk}", new HandClock(), refresh);
  }

  private void storeComes() throws InterruptedException {
    quarantine.bindRecords(node.records);
    assertNotNull(node.records.reads.poll(10, TimeUnit.SECONDS));
    quarantine.release("nobody", "anna");
  }

  private String call(String destination) {
    return call(new Aor("1001", "localhost"), destination);
  }

  private String call(Aor caller, String destination) {
    AdmissionDecision decision =
        quarantine.admit(
            CallAttempt.by(new Originator.Phone("k1", caller, true), destination).build());
    return decision.fold(
        admitted -> "admitted",
        permitted -> "to " + permitted.destination().target(),
        refused -> refused.status() + " " + refused.reasonPhrase(),
        unavailable -> "unavailable");
  }
}
