package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.pbx.http.internal.asterisk.Place.ANNA;
import static org.latchkey.pbx.http.internal.asterisk.Place.BEN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.AdmissionDecision.RefusalReason;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.key.DigestAlgorithm;

/** What the dialplan is told of calls, and what it tells. */
public class GateTest {

  private static final String THIRD = "k" + "0".repeat(30) + "3";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final List<CallAttempt> attempts = new ArrayList<>();
  private String held = "";
  private Place place;

  @Before
  public void aPlaceWithTwoPhones() throws Exception {
    place = new Place(temporary.getRoot().toPath().toRealPath());
    place.with(
        Place.record(ANNA, "1001", DigestAlgorithm.MD5),
        Place.record(BEN, "1002", DigestAlgorithm.MD5));
    place.admission = Optional.of(this::decide);
  }

  private AdmissionDecision decide(CallAttempt attempt) {
    attempts.add(attempt);
    String caller = attempt.originator().fold(phone -> phone.keyIdentifier(), u -> "", t -> "");
    boolean calledIsHeld = attempt.calledKeyIdentifier().filter(held::equals).isPresent();
    if (attempt.destination().startsWith("sip:110@")) {
      return new AdmissionDecision.Permitted(
          new Destination("110", "sip:110@trunk.example.org", Kind.EMERGENCY));
    }
    return calledIsHeld || (!held.isEmpty() && held.equals(caller))
        ? new AdmissionDecision.Refused(403, "held", RefusalReason.UNPROVED)
        : new AdmissionDecision.Admitted();
  }

  @Test
  public void aCallToAPhoneWithAKeyRingsItAndAnyOtherGoesOn() {
    assertEquals("200 ring," + BEN, admit(ANNA, "1002"));
    CallAttempt attempt = attempts.get(0);
    Originator.Phone caller = attempt.originator().fold(phone -> phone, u -> null, t -> null);
    assertEquals("1001@example.org", caller.aor().toString());
    assertTrue(caller.registered());
    assertEquals(Optional.of(BEN), attempt.calledKeyIdentifier());
    assertEquals("sip:1002@example.org", attempt.destination());
    assertEquals("c1", attempt.callId());
    assertEquals("200 on", admit(ANNA, "0301234567"));
  }

  @Test
  public void aHeldPhoneNeitherCallsNorIsCalled() {
    held = ANNA;
    assertEquals("200 refused", admit(ANNA, "1002"));
    assertEquals("200 refused", admit(BEN, "1001"));
    assertEquals("200 on", admit(BEN, "1003"));
  }

  @Test
  public void anExtensionRingsOnlyWhenAllItsPhonesMay() {
    place.with(Place.record(THIRD, "1002", DigestAlgorithm.MD5));
    assertEquals("200 ring," + BEN, admit(ANNA, "1002"));
    held = THIRD;
    assertEquals("200 refused", admit(ANNA, "1002"));
  }

  @Test
  public void trunksAreTrustedAndOldPhonesAreThemselves() {
    assertEquals("200 ring," + ANNA, admit("trunk", "1001"));
    assertEquals("200 ring," + ANNA, admit("1050", "1001"));
    assertEquals("trunk", attempts.get(0).originator().fold(p -> "", u -> "", t -> t.name()));
    assertEquals(
        "1050@example.org",
        attempts.get(1).originator().fold(p -> p.aor().toString(), u -> "", t -> ""));
  }

  @Test
  public void aTrunkRingsAMemberOfAGroupAsAPhoneDoes() {
    held = ANNA;
    String call = "endpoint=trunk&dialled=%s&registered=0&callid=c1&via=local";
    assertEquals("200 refused", place.ask("/admit", call.formatted("1001")));
    assertEquals("200 ring," + BEN, place.ask("/admit", call.formatted("1002")));
    assertEquals(
        "trunk@example.org true",
        attempts.get(1).originator().fold(p -> p.aor() + " " + p.registered(), u -> "", t -> ""));
    assertEquals("200 refused", place.ask("/admit", call.formatted("1002").replace("trunk", "")));
  }

  @Test
  public void aKeyThatIsNotKnownIsNoOldPhone() {
    assertEquals("200 refused", admit(THIRD, "1001"));
    assertEquals("200 refused", admit("", "1001"));
    assertEquals("200 refused", admit(ANNA, ""));
    assertTrue(attempts.isEmpty());
  }

  @Test
  public void aNumberThatBecameAnEmergencyNumberSinceLeadsToItsTarget() {
    assertEquals("200 permitted,sip:110@trunk.example.org,EMERGENCY", admit(ANNA, "110"));
  }

  @Test
  public void withoutAnAnswerItIsNoYes() {
    place.admission = Optional.empty();
    assertEquals("200 unavailable", admit(ANNA, "1002"));
    place.admission =
        Optional.of(attempt -> new AdmissionDecision.Unavailable("no list", Duration.ofSeconds(5)));
    assertEquals("200 unavailable", admit(ANNA, "1002"));
    place.admission =
        Optional.of(
            attempt -> {
              throw new IllegalStateException("broken");
            });
    assertEquals("200 ", admit(ANNA, "1002"));
  }

  @Test
  public void callsToPermittedDestinationsAreTold() {
    String call =
        "at=1795680000&dialled=112&target=sip%3A112%40t.example.org&kind=EMERGENCY&callid=c";
    assertEquals("200 noted", place.ask("/permitted", call + "&routed=1&key=" + ANNA));
    assertEquals(
        "200 noted", place.ask("/permitted", call + "&routed=0&source=192.0.2.7%3A5060&key=&aor="));
    assertEquals(
        "200 noted", place.ask("/permitted", call + "&routed=1&aor=1002%40example.org&source=x"));
    assertTrue(place.permitted.get(0).routed());
    assertFalse(place.permitted.get(1).routed());
    assertEquals(
        List.of(ANNA + " 1001@example.org", "/192.0.2.7:5060", BEN + " 1002@example.org"),
        place.permitted.stream()
            .map(
                told ->
                    told.originator()
                        .fold(
                            p -> p.keyIdentifier() + " " + p.aor(),
                            u -> u.source().toString(),
                            t -> t.name()))
            .toList());
    for (String bad :
        List.of(
            "",
            call.replace("EMERGENCY", "x"),
            call + "&source=a.example.org%3A1",
            call.replace("1795680000", "2795680000") + "&key=" + ANNA)) {
      assertEquals(bad, "400 ", place.ask("/permitted", bad));
    }
    assertEquals(3, place.permitted.size());
  }

  private String admit(String endpoint, String dialled) {
    return place.ask(
        "/admit", "endpoint=%s&dialled=%s&registered=1&callid=c1".formatted(endpoint, dialled));
  }
}
