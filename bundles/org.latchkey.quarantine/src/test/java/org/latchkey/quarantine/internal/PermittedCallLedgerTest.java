package org.latchkey.quarantine.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.Aor;
import org.latchkey.status.StatusLine;

public class PermittedCallLedgerTest {

  private static final Destination AMBULANCE =
      new Destination("112", "sip:112@localhost", Kind.EMERGENCY);

  private static final Destination HELP_DESK =
      new Destination("7000", "sip:7000@localhost", Kind.HELP_DESK);

  private final Node node = new Node();
  private final HandClock clock = new HandClock();
  private final PermittedCallLedger ledger =
      new PermittedCallLedger(node.neighbours(), clock, 2000);

  @Test
  public void anEmergencyCallIsInTheAuditLogAndTheJournalWithItsCaller() {
    ledger.record(Optional.of(byPhone("1001")));
    AuditEntry entry = node.audit.entries.remove();
    assertEquals("call.permitted", entry.action());
    assertEquals("k1001", entry.keyIdentifier());
    assertEquals("1001@localhost", entry.aor());
    assertEquals("EMERGENCY 112 to sip:112@localhost, Call-ID id??@x", entry.detail());
    assertEquals(List.of(PhoneEvent.Kind.CALL_PERMITTED), node.journal.kinds());
    assertTrue(ledger.isIdle());
  }

  @Test
  public void callsWaitForTheAuditLogAndAreWrittenInOrderWhenItIsBack() {
    node.audit.away = true;
    ledger.record(Optional.of(byPhone("1001")));
    clock.advance(Duration.ofSeconds(2));
    node.withoutAudit = true;
    ledger.record(Optional.of(byPhone("1002")));
    assertEquals(StatusLine.Level.WARNING, ledger.status(0).get(0).level());
    assertEquals(2, node.journal.events.size());
    node.audit.away = false;
    node.withoutAudit = false;
    ledger.record(Optional.empty());
    assertTrue("tried again before a second was over", node.audit.entries.isEmpty());
    clock.advance(Duration.ofSeconds(1));
    ledger.record(Optional.empty());
    assertEquals(
        List.of("k1001", "k1002"),
        node.audit.entries.stream().map(AuditEntry::keyIdentifier).toList());
    assertEquals(StatusLine.Level.OK, ledger.status(0).get(0).level());
    assertTrue(ledger.isIdle());
  }

  @Test
  public void whatWaitsIsBoundedAndWhatIsMissingIsCounted() {
    PermittedCallLedger small = new PermittedCallLedger(node.neighbours(), clock, 10);
    node.audit.away = true;
    for (int i = 0; i < 13; i++) {
      small.record(Optional.of(byPhone("1001")));
    }
    assertTrue(small.status(2).get(0).words().startsWith("5 calls"));
    node.audit.away = false;
    small.finish();
    assertEquals(10, node.audit.entries.size());
  }

  @Test
  public void aStormOfRefusedCallsIsTwoEntriesAMinutePerSource() {
    for (int i = 0; i < 500; i++) {
      ledger.record(Optional.of(refused("203.0.113.9")));
    }
    ledger.record(Optional.of(refused("203.0.113.10")));
    assertEquals(2, node.audit.entries.size());
    assertEquals(2, node.journal.events.size());
    clock.advance(Duration.ofSeconds(61));
    ledger.record(Optional.empty());
    assertEquals(3, node.audit.entries.size());
    AuditEntry last = List.copyOf(node.audit.entries).get(2);
    assertEquals("call.refused-permitted", last.action());
    assertEquals("203.0.113.9", last.source());
    assertTrue(last.detail(), last.detail().startsWith("499 more"));
    assertTrue(ledger.isIdle());
    ledger.record(Optional.of(refused("203.0.113.9")));
    assertEquals(4, node.audit.entries.size());
  }

  @Test
  public void aStormOfCallsThatWerePutThroughIsFewEntriesAMinuteToo() {
    for (int i = 0; i < 500; i++) {
      ledger.record(Optional.of(byStranger("203.0.113.9", HELP_DESK)));
    }
    assertEquals("a few are told one by one", 5, node.audit.entries.size());
    ledger.record(Optional.of(byStranger("203.0.113.9", AMBULANCE)));
    assertEquals("calls to the help desk hide no emergency call", 6, node.audit.entries.size());
    clock.advance(Duration.ofSeconds(61));
    ledger.record(Optional.empty());
    AuditEntry last = List.copyOf(node.audit.entries).get(6);
    assertEquals("call.permitted", last.action());
    assertTrue(last.detail(), last.detail().startsWith("495 more"));
    assertEquals(7, node.audit.entries.size());
  }

  @Test
  public void aStormFromATrunksAddressWhichMayBeForgedIsCountedToo() {
    for (int i = 0; i < 500; i++) {
      ledger.record(Optional.of(byTrunk("provider")));
    }
    assertEquals(5, node.audit.entries.size());
    assertEquals(StatusLine.Level.OK, ledger.status(0).get(0).level());
    clock.advance(Duration.ofSeconds(61));
    ledger.record(Optional.empty());
    AuditEntry last = List.copyOf(node.audit.entries).get(5);
    assertEquals("provider", last.source());
    assertTrue(last.detail(), last.detail().startsWith("495 more"));
    StatusLine line = ledger.status(0).get(0);
    assertEquals(StatusLine.Level.WARNING, line.level());
    assertTrue(line.words(), line.words().startsWith("The trunk provider called 112 500 times"));
    assertTrue(line.words(), line.words().contains("forge"));
    clock.advance(Duration.ofHours(1));
    assertEquals(StatusLine.Level.OK, ledger.status(0).get(0).level());
  }

  @Test
  public void theStatusNamesTheFewSourcesThatCalledMostLately() {
    for (int source = 0; source < 20; source++) {
      for (int i = 0; i < 20 + source; i++) {
        ledger.record(Optional.of(refused("203.0.113." + source)));
      }
    }
    clock.advance(Duration.ofSeconds(61));
    ledger.record(Optional.empty());
    List<StatusLine> lines = ledger.status(0);
    assertEquals(6, lines.size());
    assertTrue(lines.get(0).words(), lines.get(0).words().contains("203.0.113.19"));
    assertEquals(StatusLine.Level.OK, lines.get(5).level());
  }

  @Test
  public void eachCallOfAPhoneThatWasPutThroughIsTold() {
    for (int i = 0; i < 20; i++) {
      ledger.record(Optional.of(byPhone("1001")));
    }
    assertEquals(20, node.audit.entries.size());
  }

  @Test
  public void refusedCallsFromVeryManySourcesTakeBoundedRoom() {
    for (int i = 0; i < 5000; i++) {
      ledger.record(Optional.of(refused("10.1." + i / 250 + "." + i % 250)));
    }
    assertEquals(1001, node.audit.entries.size());
    ledger.finish();
    assertEquals(1002, node.audit.entries.size());
  }

  @Test
  public void theFirstRefusedCallOfEachPhoneIsTold() {
    ledger.record(Optional.of(refusedPhone("1001")));
    ledger.record(Optional.of(refusedPhone("1002")));
    ledger.record(Optional.of(refusedPhone("1001")));
    assertEquals(
        List.of("k1001", "k1002"),
        node.audit.entries.stream().map(AuditEntry::keyIdentifier).toList());
  }

  @Test
  public void aClockThatIsSetBackMutesNothing() {
    node.audit.away = true;
    ledger.record(Optional.of(refused("203.0.113.9")));
    node.audit.away = false;
    clock.advance(Duration.ofHours(-5));
    ledger.record(Optional.of(refused("203.0.113.9")));
    assertEquals(2, node.audit.entries.size());
    assertEquals(2, node.journal.events.size());
  }

  @Test
  public void aStoreThatIsJustBeingReplacedLosesNothing() {
    node.audit.replaced = true;
    ledger.record(Optional.of(byPhone("1001")));
    node.audit.replaced = false;
    clock.advance(Duration.ofSeconds(1));
    ledger.record(Optional.empty());
    assertEquals(1, node.audit.entries.size());
  }

  private PermittedCall refusedPhone(String user) {
    PermittedCall call = byPhone(user);
    return new PermittedCall(
        call.at(), call.destination(), call.originator(), call.callId(), false);
  }

  private PermittedCall byPhone(String user) {
    return new PermittedCall(
        clock.instant(),
        AMBULANCE,
        new Originator.Phone("k" + user, new Aor(user, "localhost"), false),
        "id\r\n@x",
        true);
  }

  private PermittedCall byStranger(String address, Destination destination) {
    return new PermittedCall(
        clock.instant(),
        destination,
        new Originator.Unproved(new InetSocketAddress(address, 5060)),
        "id",
        true);
  }

  private PermittedCall byTrunk(String name) {
    return new PermittedCall(clock.instant(), AMBULANCE, new Originator.Trusted(name), "id", true);
  }

  private PermittedCall refused(String address) {
    return new PermittedCall(
        clock.instant(),
        AMBULANCE,
        new Originator.Unproved(new InetSocketAddress(address, 5060)),
        "id",
        false);
  }
}
