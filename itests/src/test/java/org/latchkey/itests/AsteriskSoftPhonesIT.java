package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.latchkey.itests.fixture.AtEachAsterisk;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Baresip;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.Linphone;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Sounds;

/** Linphone and baresip as phones of Asterisk 22 and 16. */
public final class AsteriskSoftPhonesIT extends AtEachAsterisk {

  private static final Duration REGISTER = Duration.ofSeconds(40);
  private static final Duration CALL = Duration.ofSeconds(20);
  private static final double AUDIBLE = 500;

  public AsteriskSoftPhonesIT() {
    super("7");
  }

  @Test
  public void theyCallOneAnotherAreHeldReleasedRotatedAndRevoked() throws Exception {
    ProvisionedKey anna = enrolled(1);
    ProvisionedKey ben = enrolled(2);
    try (Sounds sounds = Sounds.of("linphone", "baresip", "alerts");
        Linphone linphone = Linphone.registering(anna, site.port(), sounds)) {
      linphone.awaitRegistered(REGISTER);
      try (Baresip baresip = Baresip.started(ben, site.port(), sounds)) {
        baresip.awaitRegistered(REGISTER);
        call(baresip, anna);
        Await.until("baresip hears linphone", CALL, () -> sounds.loudness("baresip") > AUDIBLE);
        Await.until("linphone hears baresip", CALL, () -> sounds.loudness("linphone") > AUDIBLE);
        hangUp(baresip);
        linphone.command("call sip:" + ben.aor());
        baresip.await("CALL_INCOMING", CALL);
        baresip.command("accept", "");
        baresip.await("CALL_ESTABLISHED", CALL);
        hangUp(baresip);
        baresipIsHeld(baresip, anna);
        linphoneIsHeld(linphone, baresip, ben);
      }
      ProvisionedKey next = rotated(ben);
      try (Baresip baresip = Baresip.started(next, site.port(), sounds)) {
        baresip.awaitRegistered(REGISTER);
        call(baresip, anna);
        hangUp(baresip);
        Await.until("it is listed", CALL, () -> isRegistered(anna));
        site.node().shell("latchkey:revoke " + anna.credentials().keyIdentifier());
        Await.until("linphone is dropped", Duration.ofSeconds(5), () -> !isRegistered(anna));
      }
    }
  }

  /** It keeps its To when it follows a 302, so on Asterisk 16 it hears busy. */
  @Test
  public void baresipProvesItsKeyWhenStrangersHaveTheEmergencyPlaces() throws Exception {
    ProvisionedKey key = enrolled(3);
    try (Sounds sounds = Sounds.of("baresip", "alerts");
        SipWire wire = SipWire.udp(site.port());
        Baresip baresip = Baresip.unregistered(key, site.port(), sounds)) {
      ScriptedPhone stranger = new ScriptedPhone(wire, enrolled(4));
      List<SipMessage> up = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        SipMessage answer =
            SipCall.place(stranger, AsteriskIT.EMERGENCY, ScriptedPhone.unique("near"));
        assertEquals(200, answer.status());
        up.add(answer);
      }
      baresip.command("dial", AsteriskIT.EMERGENCY);
      if (version.equals("22")) {
        baresip.await("CALL_ESTABLISHED", CALL);
        hangUp(baresip);
      } else {
        assertTrue(baresip.await("CALL_CLOSED", CALL).contains("486"));
      }
      for (SipMessage answer : up) {
        SipCall.hangUp(wire, AsteriskIT.EMERGENCY, answer);
      }
    }
  }

  private static void call(Baresip baresip, ProvisionedKey called) throws Exception {
    baresip.forgetEvents();
    baresip.command("dial", "sip:" + called.aor());
    baresip.await("CALL_ESTABLISHED", CALL);
  }

  private static void hangUp(Baresip baresip) throws Exception {
    baresip.command("hangup", "");
    baresip.await("CALL_CLOSED", CALL);
    baresip.forgetEvents();
  }

  private void baresipIsHeld(Baresip baresip, ProvisionedKey called) throws Exception {
    site.node().shell("latchkey:hold " + extension(2));
    baresip.forgetEvents();
    baresip.command("dial", "sip:" + called.aor());
    assertTrue(baresip.await("CALL_CLOSED", CALL).contains("403"));
    baresip.forgetEvents();
    int before = site.trunk().calls().size();
    baresip.command("dial", AsteriskIT.EMERGENCY);
    baresip.await("CALL_ESTABLISHED", CALL);
    assertEquals(before + 1, site.trunk().calls().size());
    hangUp(baresip);
    site.node().shell("latchkey:release " + extension(2));
  }

  private void linphoneIsHeld(Linphone linphone, Baresip baresip, ProvisionedKey called)
      throws Exception {
    site.node().shell("latchkey:hold " + extension(1));
    baresip.forgetEvents();
    linphone.command("call sip:" + called.aor());
    linphone.awaitLog("SIP/2.0 403", CALL);
    assertTrue(baresip.events(), !baresip.said("CALL_INCOMING"));
    int before = site.trunk().calls().size();
    linphone.command("call " + AsteriskIT.EMERGENCY);
    Await.until("112 rings", CALL, () -> site.trunk().calls().size() == before + 1);
    linphone.command("terminate");
    site.node().shell("latchkey:release " + extension(1));
  }

  private static ProvisionedKey rotated(ProvisionedKey key) throws Exception {
    site.node().shell("latchkey:rotate");
    return ProvisionedKey.of(
        Door.of(site.node())
            .askAgain(key.credentials().keyIdentifier(), key.provisioningPassword()));
  }

  private static boolean isRegistered(ProvisionedKey key) throws IOException {
    return site.node()
        .shell("latchkey:phone " + key.credentials().keyIdentifier())
        .contains("UDP from");
  }
}
