package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.itests.fixture.Asterisk;
import org.latchkey.itests.fixture.AsteriskSite;
import org.latchkey.itests.fixture.AtEachAsterisk;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** Debian's Asterisk 22 and 16 with the configuration that we write. */
public final class AsteriskIT extends AtEachAsterisk {

  private static final Duration CALL = Duration.ofSeconds(20);
  static final String EMERGENCY = "sip:112@localhost";
  static final String HELP_DESK = "sip:7000@localhost";

  public AsteriskIT() {
    super("3");
  }

  @Test
  public void aKeyRegistersItsExtensionAndNothingElse() throws Exception {
    ProvisionedKey key = enrolled(1);
    ProvisionedKey neighbour = enrolled(2);
    Credentials good = key.credentials();
    String unknown = good.keyIdentifier().substring(0, 31) + other(good.keyIdentifier().charAt(31));
    try (SipWire wire = SipWire.udp(site.port());
        SipWire thief = SipWire.udp(site.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      registers(phone);
      Await.until("it is listed", CALL, () -> isRegistered(key));
      for (Credentials bad :
          List.of(good.withSecret("0".repeat(26)), good.withKeyIdentifier(unknown))) {
        assertEquals(bad.toString(), 401, KamailioIT.registered(phone, bad).status());
      }
      ScriptedPhone other = new ScriptedPhone(thief, new ProvisionedKey(good, neighbour.aor(), ""));
      assertEquals(404, other.register().status());
      assertFalse(isRegistered(neighbour));
      assertTrue(isRegistered(key));
    }
  }

  @Test
  public void phonesCallOneAnotherAndThoseWithPasswordsToo() throws Exception {
    ProvisionedKey old = oldPhone();
    try (SipWire wire = SipWire.udp(site.port());
        SipWire second = SipWire.udp(site.port());
        SipWire third = SipWire.udp(site.port())) {
      ScriptedPhone anna = new ScriptedPhone(wire, enrolled(3));
      ScriptedPhone ben = new ScriptedPhone(second, enrolled(4));
      ScriptedPhone oldPhone = new ScriptedPhone(third, old);
      for (ScriptedPhone phone : List.of(anna, ben, oldPhone)) {
        registers(phone);
      }
      assertEquals(
          401, KamailioIT.registered(oldPhone, old.credentials().withSecret("wrong")).status());
      ring(anna, ben);
      ring(oldPhone, ben);
      ring(ben, oldPhone);
    }
  }

  @Test
  public void aHeldPhoneReachesEmergencyAndHelpDeskOnly() throws Exception {
    ProvisionedKey key = enrolled(5);
    try (SipWire wire = SipWire.udp(site.port());
        SipWire second = SipWire.udp(site.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      ScriptedPhone called = new ScriptedPhone(second, enrolled(6));
      registers(phone);
      registers(called);
      site.node().shell("latchkey:hold %s --reason \"left\"".formatted(extension(5)));
      String uri = "sip:" + called.key().aor();
      assertEquals(403, KamailioIT.call(phone, uri).status());
      assertEquals(403, KamailioIT.call(called, "sip:" + key.aor()).status());
      rings(phone, EMERGENCY);
      rings(phone, HELP_DESK);
      site.node().shell("latchkey:release " + extension(5));
      ring(phone, called);
    }
    Await.until(
        "the call to 112 is in the audit log",
        CALL,
        () ->
            site.node()
                .shell("latchkey:audit --action call.permitted")
                .contains(key.credentials().keyIdentifier()));
  }

  @Test
  public void revokingDropsTheRegistrationWithinFiveSeconds() throws Exception {
    ProvisionedKey key = enrolled(8);
    try (SipWire wire = SipWire.udp(site.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      registers(phone);
      Await.until("it is listed", CALL, () -> isRegistered(key));
      site.node().shell("latchkey:revoke " + key.credentials().keyIdentifier());
      Await.until("it is dropped", Duration.ofSeconds(5), () -> !isRegistered(key));
      assertEquals(401, phone.register().status());
    }
  }

  @Test
  public void aPhoneMovesToItsNextKey() throws Exception {
    ProvisionedKey before = enrolled(9);
    try (SipWire wire = SipWire.udp(site.port());
        SipWire second = SipWire.udp(site.port())) {
      registers(new ScriptedPhone(wire, before));
      site.node().shell("latchkey:rotate");
      ProvisionedKey next =
          ProvisionedKey.of(
              Door.of(site.node())
                  .askAgain(before.credentials().keyIdentifier(), before.provisioningPassword()));
      ScriptedPhone phone = new ScriptedPhone(wire, next);
      ScriptedPhone caller = new ScriptedPhone(second, enrolled(10));
      registers(phone);
      registers(caller);
      Await.until("the next key is listed", CALL, () -> isRegistered(next));
      assertFalse("it is the same contact", isRegistered(before));
      ring(caller, phone);
      ring(phone, caller);
    }
  }

  /** The phone with a password. */
  static ProvisionedKey oldPhone() {
    return new ProvisionedKey(
        new Credentials("3050", Asterisk.OLD_PASSWORD, "latchkey"), "3050@localhost", "");
  }

  /** A key that was issued this moment may take a second try where the store is slow. */
  private static void registers(ScriptedPhone phone) {
    Await.until("it registers", CALL, () -> phone.register().status() == 200);
  }

  private static void rings(ScriptedPhone phone, String uri) throws Exception {
    rings(site, phone, uri);
  }

  /** Calls a permitted number, which is to be answered at the trunk within two seconds. */
  static Duration rings(AsteriskSite site, ScriptedPhone phone, String uri) throws Exception {
    int before = site.trunk().calls().size();
    long start = System.nanoTime();
    assertEquals(uri, 200, KamailioIT.call(phone, uri).status());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(uri + " took " + took, took.compareTo(Duration.ofSeconds(2)) < 0);
    assertEquals(before + 1, site.trunk().calls().size());
    return took;
  }

  /** Calls a phone, and waits until its INVITE has come there. */
  private static void ring(ScriptedPhone caller, ScriptedPhone called) throws Exception {
    String uri = "sip:" + called.key().aor();
    String invite = caller.invite(uri, ScriptedPhone.unique("ring"), Optional.empty());
    SipMessage challenge = caller.exchange(invite);
    assertEquals(401, challenge.status());
    String answering = SipCall.answering(caller, invite, challenge);
    caller.wire().send(answering);
    SipMessage ringing =
        called.wire().await("the INVITE to " + uri, CALL, m -> m.method().equals("INVITE"));
    assertTrue(ringing.toString(), ringing.startLine().contains(called.wire().address()));
    SipCall.cancel(caller.wire(), SipMessage.of(answering));
  }

  private static boolean isRegistered(ProvisionedKey key) {
    try {
      return site.node()
          .shell("latchkey:phone " + key.credentials().keyIdentifier())
          .contains("UDP from");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static char other(char last) {
    return last == 'a' ? 'b' : 'a';
  }
}
