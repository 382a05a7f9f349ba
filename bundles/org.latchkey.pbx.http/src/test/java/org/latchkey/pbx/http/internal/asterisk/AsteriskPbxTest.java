package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.pbx.http.internal.asterisk.Place.ANNA;
import static org.latchkey.pbx.http.internal.asterisk.Place.BEN;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.Registration;

/** Registrations, calls and revocations at Asterisk. */
public class AsteriskPbxTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final RecordedAsterisk asterisk = new RecordedAsterisk();
  private Place place;
  private ProvedKeys proved;
  private Registrar registrar;
  private ContactWatch watch;

  @Before
  public void twoPhonesAndAnOldOneAreRegistered() throws Exception {
    place = new Place(temporary.getRoot().toPath().toRealPath());
    place.with(
        Place.record(ANNA, "1001", DigestAlgorithm.MD5),
        Place.record(BEN, "1002", DigestAlgorithm.MD5));
    asterisk.contacts.add(
        RecordedAsterisk.contact("1001@example.org", ANNA, "sip:1001@192.0.2.7:5062"));
    asterisk.contacts.add(
        RecordedAsterisk.contact("1002@example.org", BEN, "sip:x@192.0.2.8;transport=tcp"));
    asterisk.contacts.add(RecordedAsterisk.contact("1050", "1050", "sip:1050@192.0.2.9"));
    proved = new ProvedKeys(place.keys);
    registrar = new Registrar(asterisk, proved);
    watch =
        new ContactWatch(
            registrar, place.keys, Optional::empty, place, Clock.fixed(Place.NOW, ZoneOffset.UTC));
  }

  @Test
  public void registrationsAreListedWithTheirKeys() throws Exception {
    List<Contact> contacts = registrar.contacts();
    Registration first = contacts.get(0).toRegistration("example.org", true, Place.NOW);
    assertEquals("1001@example.org", first.aor().toString());
    assertEquals(ANNA, first.keyIdentifier());
    assertEquals("UDP", first.transport());
    assertEquals("192.0.2.7:5062", first.source());
    assertEquals(Instant.ofEpochSecond(1_795_680_042), first.expiresAt());
    assertEquals("TCP", contacts.get(1).toRegistration("example.org", true, Place.NOW).transport());
    Registration old = contacts.get(2).toRegistration("example.org", false, Place.NOW);
    assertEquals("1050@example.org", old.aor().toString());
    assertEquals("", old.keyIdentifier());
  }

  @Test
  public void droppingForgetsTheCachedRowsFirstAndThenTheContactsOfThatKeyAlone() throws Exception {
    assertEquals(1, registrar.drop(ANNA, Set.of("1001@example.org")));
    assertEquals(
        List.of(
            "SorceryMemoryCacheExpireObject res_pjsip/endpoint " + ANNA,
            "SorceryMemoryCacheExpireObject res_pjsip/auth " + ANNA,
            "PJSIPShowContacts ",
            "DBDel registrar/contact 1001@example.org;@64a9cdabacc1a3e38c012ff8d2d03543",
            "SorceryMemoryCacheExpireObject res_pjsip/aor 1001@example.org"),
        asterisk.asked);
    assertEquals(2, asterisk.contacts.size());
  }

  @Test
  public void hangingUpEndsNoEmergencyCall() throws Exception {
    asterisk.channels.add(RecordedAsterisk.channel("PJSIP/" + ANNA + "-00000001", "1", "latchkey"));
    asterisk.channels.add(
        RecordedAsterisk.channel("PJSIP/" + ANNA + "-00000002", "2", "latchkey-permitted"));
    asterisk.channels.add(RecordedAsterisk.channel("PJSIP/" + ANNA + "-00000003", "2", "x"));
    asterisk.channels.add(RecordedAsterisk.channel("PJSIP/" + BEN + "-00000004", "1", "latchkey"));
    assertEquals(1, registrar.hangUp(ANNA));
    assertTrue(asterisk.asked.contains("Hangup PJSIP/" + ANNA + "-00000001"));
    assertEquals(2, asterisk.asked.size());
  }

  @Test
  public void newRegistrationsAreToldOnce() {
    watch.round();
    assertEquals(List.of(ANNA + " 1001@example.org", BEN + " 1002@example.org"), place.registered);
    for (int i = 0; i < 10; i++) {
      watch.round();
    }
    assertEquals(2, place.registered.size());
    assertEquals("192.0.2.7", place.journal.get(0).source());
  }

  @Test
  public void aKeyRevokedByAnotherNodeGoesAndSoDoesARegisterThatWasOnItsWay() {
    watch.round();
    place.stored.set(0, Place.revoked(place.stored.get(0)));
    place.keys.round();
    watch.round();
    assertEquals(2, asterisk.contacts.size());
    asterisk.contacts.add(
        RecordedAsterisk.contact("1001@example.org", ANNA, "sip:1001@192.0.2.7:5062"));
    watch.round();
    assertEquals(2, asterisk.contacts.size());
  }

  @Test
  public void aKeyWhoseGenerationHasEndedGoesThoughNobodyRevokedIt() {
    Set<String> ended = new HashSet<>();
    watch =
        new ContactWatch(
            registrar,
            place.keys,
            () -> Optional.of(Place.provider(ended)),
            place,
            Clock.fixed(Place.NOW, ZoneOffset.UTC));
    watch.round();
    assertEquals(3, asterisk.contacts.size());
    ended.add(ANNA);
    watch.round();
    assertEquals(2, asterisk.contacts.size());
  }

  @Test
  public void aDropThatAsteriskRefusesIsNone() {
    asterisk.keeps.add("1001@example.org");
    assertThrows(IOException.class, () -> registrar.drop(ANNA, Set.of()));
    watch.round();
    watch.revoked(ANNA);
    for (int i = 0; i < 5; i++) {
      watch.round();
    }
    assertEquals(3, asterisk.contacts.size());
    asterisk.keeps.clear();
    watch.round();
    assertEquals("tried until it is done", 2, asterisk.contacts.size());
  }

  @Test
  public void aDropThatAsteriskRefusesKeepsNoOther() {
    asterisk.keeps.add("1001@example.org");
    watch.revoked(ANNA);
    watch.revoked(BEN);
    watch.round();
    assertEquals(2, asterisk.contacts.size());
    watch.round();
    watch.round();
    asterisk.asked.clear();
    watch.round();
    String forgotten = "SorceryMemoryCacheExpireObject res_pjsip/endpoint ";
    assertTrue("still tried", asterisk.asked.contains(forgotten + ANNA));
    assertFalse("done with", asterisk.asked.contains(forgotten + BEN));
  }

  @Test
  public void whatAsteriskDidNotTakeIsTriedAgain() {
    watch.round();
    asterisk.isThere = false;
    watch.revoked(ANNA);
    watch.round();
    watch.round();
    asterisk.isThere = true;
    watch.round();
    assertEquals(2, asterisk.contacts.size());
  }

  @Test
  public void aRegistrationOfAKeyThatIsNotKnownGoes() {
    String unknown = "k" + "0".repeat(30) + "9";
    asterisk.contacts.add(RecordedAsterisk.contact("1009@example.org", unknown, "sip:x@192.0.2.9"));
    watch.round();
    assertEquals(3, asterisk.contacts.size());
  }

  @Test
  public void phonesAreToldToFetchTheirConfigurationWhenTheyAreRegistered() throws Exception {
    assertEquals(1, registrar.tell(BEN, "check-sync;reboot=false"));
    assertTrue(asterisk.asked.contains("PJSIPNotify " + BEN + " Event=check-sync;reboot=false"));
    assertEquals(0, registrar.tell("k" + "0".repeat(30) + "9", "check-sync"));
  }
}
