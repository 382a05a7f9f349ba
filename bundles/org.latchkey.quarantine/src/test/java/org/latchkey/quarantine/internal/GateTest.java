package org.latchkey.quarantine.internal;

import static org.junit.Assert.assertEquals;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Hold;
import org.latchkey.admission.Originator;
import org.latchkey.key.Aor;

public class GateTest {

  private static final String COLLEAGUE = "sip:1002@localhost";

  private final HeldKeys held =
      HeldKeys.of(
          List.of(
              hold("kheld", Hold.Kind.HELD),
              hold("kwaits", Hold.Kind.AWAITS_APPROVAL),
              hold("kleft", Hold.Kind.LEFT_BEHIND)));

  @Test
  public void aRegisteredPhoneThatIsNotHeldMayCallAnybody() {
    assertEquals("admitted", decide(phone("k1", "1001", true), COLLEAGUE));
    assertEquals("admitted", decide(phone("k1", "1001", true), "sip:1123456@localhost"));
  }

  @Test
  public void aPhoneInQuarantineIsRefusedWithTheHelpDesksNumberAndTheReason() {
    assertEquals(
        "403 Call the help desk on 7000 HELD", decide(phone("kheld", "1001", true), COLLEAGUE));
    assertEquals(
        "403 Call the help desk on 7000 HELD", decide(phone("kleft", "1001", true), COLLEAGUE));
    assertEquals(
        "403 Call the help desk on 7000 AWAITS_APPROVAL",
        decide(phone("kwaits", "1001", true), COLLEAGUE));
    assertEquals(
        "403 Call the help desk on 7000 NOT_REGISTERED",
        decide(phone("k1", "1001", false), COLLEAGUE));
  }

  @Test
  public void whoProvedNothingIsRefused() {
    assertEquals("403 Call the help desk on 7000 UNPROVED", decide(from("127.0.0.1"), COLLEAGUE));
  }

  @Test
  public void everyPhoneInEveryStateReachesThePermittedDestinationsAndTheirTargetOnly() {
    for (Originator phone :
        List.of(
            phone("k1", "1001", true),
            phone("k1", "1001", false),
            phone("kheld", "1001", true),
            phone("kleft", "1001", true),
            phone("kwaits", "1001", false))) {
      assertEquals("to sip:112@localhost", decide(phone, "sip:112@elsewhere.example.org"));
      assertEquals("to sip:112@localhost", decide(phone, "urn:service:sos.fire"));
      assertEquals("to sip:7000@localhost", decide(phone, "sip:7000@localhost"));
    }
  }

  @Test
  public void whoProvedNothingReachesPermittedDestinationsFromTheGivenNetworksOnly() {
    assertEquals("to sip:112@localhost", decide(from("10.1.2.3"), "sip:112@localhost"));
    assertEquals("to sip:112@localhost", decide(from("fe80::1"), "tel:112"));
    assertEquals(
        "403 Call the help desk on 7000 UNPROVED",
        decide(from("203.0.113.9"), "sip:112@localhost"));
    assertEquals(
        "403 Call the help desk on 7000 UNPROVED",
        decide(
            new Originator.Unproved(InetSocketAddress.createUnresolved("localhost", 5060)),
            "sip:112@localhost"));
    assertEquals(
        "403 Call the help desk on 7000 UNPROVED", decide(from("10.1.2.3"), "sip:1123@localhost"));
  }

  @Test
  public void aTrunkOrQueueOfThePbxIsNeverGated() {
    assertEquals("admitted", decide(new Originator.Trusted("trunk"), COLLEAGUE));
    assertEquals("admitted", calling(new Originator.Trusted("trunk"), "kheld"));
    assertEquals(
        "admitted",
        told(
            new Gate(Permissions.DEFAULTS, Optional.empty(), true, "x")
                .decide(CallAttempt.by(new Originator.Trusted("trunk"), COLLEAGUE).build())));
  }

  @Test
  public void aPhoneInQuarantineIsCalledByTheHelpDeskAndNoOtherPhone() {
    assertEquals("admitted", calling(phone("k7", "7000", true), "kheld"));
    assertEquals("admitted", calling(phone("k7", "7000", true), "kwaits"));
    assertEquals("admitted", calling(phone("k1", "1001", true), "k2"));
    assertEquals(
        "403 Call the help desk on 7000 CALLED_IS_HELD",
        calling(phone("k1", "1001", true), "kheld"));
    assertEquals(
        "403 Call the help desk on 7000 CALLED_IS_HELD",
        calling(phone("k1", "1001", true), "kwaits"));
  }

  @Test
  public void anEmergencyServiceOfOurOwnCallsAPhoneInQuarantineBack() {
    assertEquals("admitted", calling(phone("k112", "112", true), "kheld"));
    assertEquals("admitted", calling(phone("k112", "112", true), "kwaits"));
    assertEquals(
        "403 Call the help desk on 7000 CALLED_IS_HELD",
        calling(phone("kt", "latchkey-test", true), "kheld"));
  }

  @Test
  public void aHelpDeskPhoneThatIsHeldOrNotRegisteredIsAPhoneLikeAnyOther() {
    assertEquals(
        "403 Call the help desk on 7000 HELD", calling(phone("kheld", "7000", true), "kwaits"));
    assertEquals(
        "403 Call the help desk on 7000 NOT_REGISTERED",
        calling(phone("k7", "7000", false), "kheld"));
    assertEquals(
        "403 Call the help desk on 7000 CALLED_IS_HELD",
        told(
            gate()
                .decide(
                    CallAttempt.by(
                            new Originator.Phone("k7", new Aor("7000", "other.example"), true),
                            COLLEAGUE)
                        .calledKeyIdentifier("kheld")
                        .build())));
  }

  @Test
  public void whileNobodyKnowsWhoIsHeldOnlyPermittedDestinationsAreReached() {
    Gate blind = new Gate(Permissions.DEFAULTS, Optional.empty(), true, "x");
    for (Originator caller : List.of(phone("k1", "1001", true), from("127.0.0.1"))) {
      assertEquals(
          "unavailable 5 s", told(blind.decide(CallAttempt.by(caller, COLLEAGUE).build())));
      assertEquals(
          "to sip:112@localhost",
          told(blind.decide(CallAttempt.by(caller, "sip:112@localhost").build())));
    }
  }

  @Test
  public void whereNewKeysAreNotKnownAPhoneWithoutAnExtensionIsInQuarantine() {
    Gate node = new Gate(Permissions.DEFAULTS, Optional.of(held), false, "Ring {helpDesk}");
    Aor unassigned = Aor.unassigned("805ec0000001", "localhost");
    Originator stranger = new Originator.Phone("knew", unassigned, true);
    CallAttempt toColleague = CallAttempt.by(stranger, COLLEAGUE).build();
    assertEquals("403 Ring 7000 AWAITS_APPROVAL", told(node.decide(toColleague)));
    assertEquals("admitted", told(gate().decide(toColleague)));
    CallAttempt toHelp = CallAttempt.by(stranger, "sip:112@localhost").build();
    assertEquals("to sip:112@localhost", told(node.decide(toHelp)));
    for (String caller : List.of("1001", "7000")) {
      CallAttempt toStranger =
          CallAttempt.by(phone("k1", caller, true), unassigned.toUri()).called(unassigned).build();
      assertEquals(
          caller.equals("7000") ? "admitted" : "403 Ring 7000 CALLED_IS_HELD",
          told(node.decide(toStranger)));
    }
    assertEquals(
        "who has one",
        "admitted",
        told(node.decide(CallAttempt.by(phone("knew", "1001", true), COLLEAGUE).build())));
  }

  private Gate gate() {
    return new Gate(
        Permissions.DEFAULTS, Optional.of(held), true, "Call the help desk on {helpDesk}");
  }

  private String decide(Originator caller, String destination) {
    return told(gate().decide(CallAttempt.by(caller, destination).build()));
  }

  private String calling(Originator caller, String calledKey) {
    return told(
        gate()
            .decide(
                CallAttempt.by(caller, COLLEAGUE)
                    .called(new Aor("1002", "localhost"))
                    .calledKeyIdentifier(calledKey)
                    .build()));
  }

  private static String told(AdmissionDecision decision) {
    return decision.fold(
        admitted -> "admitted",
        permitted -> "to " + permitted.destination().target(),
        refused -> refused.status() + " " + refused.reasonPhrase() + " " + refused.reason(),
        unavailable -> "unavailable " + unavailable.retryAfter().toSeconds() + " s");
  }

  private static Originator phone(String key, String user, boolean registered) {
    return new Originator.Phone(key, new Aor(user, "localhost"), registered);
  }

  private static Originator from(String address) {
    return new Originator.Unproved(new InetSocketAddress(address, 5060));
  }

  private static Hold hold(String key, Hold.Kind kind) {
    return new Hold(key, kind, "", "admin", Instant.EPOCH);
  }
}
