package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Baresip;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.Fleet;
import org.latchkey.itests.fixture.Kamailio;
import org.latchkey.itests.fixture.KamailioSite;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Sipp;
import org.latchkey.itests.fixture.Sounds;

/** Debian's Kamailio with the configuration that we write, in front of real phones. */
public final class KamailioIT {

  private static final Duration REGISTER = Duration.ofSeconds(40);
  private static final Duration CALL = Duration.ofSeconds(20);

  private static KamailioSite site;

  @BeforeClass
  public static void start() throws IOException {
    site = KamailioSite.shared();
  }

  @Test
  public void twoPhonesRegisterAndCallAndAHeldOneReachesEmergencyOnly() throws Exception {
    ProvisionedKey anna = ProvisionedKey.enrolled(site.node(), "3001");
    ProvisionedKey ben = ProvisionedKey.enrolled(site.node(), "3002");
    try (Sounds sounds = Sounds.of("baresip", "alerts");
        Baresip first = Baresip.started(anna, site.kamailio().port(), sounds);
        Baresip second = Baresip.started(ben, site.kamailio().port(), sounds)) {
      first.awaitRegistered(REGISTER);
      second.awaitRegistered(REGISTER);
      Await.until(
          "latchkey:phones shows both",
          CALL,
          () -> List.of(anna, ben).stream().allMatch(KamailioIT::isRegistered));
      first.command("dial", "sip:3002@localhost");
      second.await("CALL_INCOMING", CALL);
      second.command("accept", "");
      first.await("CALL_ESTABLISHED", CALL);
      second.command("hangup", "");
      first.await("CALL_CLOSED", CALL);

      site.node().shell("latchkey:hold 3001 --reason \"left the company\"");
      first.forgetEvents();
      first.command("dial", "sip:3002@localhost");
      String closed = first.await("CALL_CLOSED", CALL);
      assertTrue(closed, closed.contains("403") && closed.contains("7000"));
      first.forgetEvents();
      int before = site.trunk().calls().size();
      first.command("dial", "sip:112@localhost");
      first.await("CALL_ESTABLISHED", CALL);
      assertEquals(before + 1, site.trunk().calls().size());
      first.command("hangup", "");
      second.forgetEvents();
      second.command("dial", "sip:3001@localhost");
      assertTrue(second.await("CALL_CLOSED", CALL).contains("403"));
      site.node().shell("latchkey:release 3001");
    }
    String audit = site.node().shell("latchkey:audit --action call.permitted");
    assertTrue(audit, audit.contains("112"));
    String why = site.node().shell("latchkey:why 3001");
    assertTrue(why, why.contains("registered"));
  }

  @Test
  public void revokingDropsTheRegistrationWithinFiveSeconds() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(site.node(), "3011");
    try (SipWire wire = SipWire.udp(site.kamailio().port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      assertEquals(200, phone.register().status());
      Await.until("it is listed", CALL, () -> isRegistered(key));
      site.node().shell("latchkey:revoke " + key.credentials().keyIdentifier());
      Await.until("it is dropped", Duration.ofSeconds(5), () -> !isRegistered(key));
      assertEquals(401, phone.register().status());
    }
  }

  @Test
  public void aRegisterThatComesAgainIsAnsweredAsBeforeAndBringsNothingBack() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(site.node(), "3012");
    try (SipWire wire = SipWire.udp(site.kamailio().port());
        SipWire otherWire = SipWire.udp(site.kamailio().port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
      String request = phone.registerRequest(Optional.of(answer));
      assertEquals(200, phone.exchange(request).status());
      SipMessage again = phone.repeat(request);
      assertEquals(200, again.status());
      assertTrue(
          again.toString(), again.require("Contact").matches("<sip:3012@[^>]*>;expires=[1-9].*"));
      String changed = request.replace("Expires: 300", "Expires: 301");
      assertEquals("with another byte", 401, phone.exchange(changed).status());
      assertEquals(
          "from elsewhere", 401, new ScriptedPhone(otherWire, key).exchange(request).status());
      site.node().shell("latchkey:revoke " + key.credentials().keyIdentifier());
      Await.until("it is dropped", Duration.ofSeconds(5), () -> !isRegistered(key));
      assertEquals(401, phone.repeat(request).status());
      assertFalse(isRegistered(key));
    }
  }

  @Test
  public void aPhoneOverIpv6RegistersAndCalls() throws Exception {
    ProvisionedKey anna = ProvisionedKey.enrolled(site.node(), "3014");
    ProvisionedKey ben = ProvisionedKey.enrolled(site.node(), "3015");
    int port = Ports.free();
    String listen = "listen=udp:127.0.0.1:" + site.kamailio().port();
    byte[] one = new byte[16];
    one[15] = 1;
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getByAddress(one), port);
    try (Kamailio both =
            site.kamailio()
                .changed(text -> text.replace(listen, listen + "\nlisten=udp:[::1]:" + port));
        SipWire wire = SipWire.udp(loopback);
        SipWire otherWire = SipWire.udp(loopback)) {
      Await.until("it answers", CALL, () -> SipWire.isAnswered(loopback));
      assertTrue(both.process().isAlive());
      ScriptedPhone caller = new ScriptedPhone(wire, anna);
      assertEquals(200, caller.register().status());
      assertEquals(200, new ScriptedPhone(otherWire, ben).register().status());
      ring(caller, "sip:3015@localhost", otherWire);
    }
  }

  @Test
  public void ofTwoPhonesOfAnExtensionTheRevokedOneIsDropped() throws Exception {
    ProvisionedKey stays = ProvisionedKey.enrolled(site.node(), "3013");
    ProvisionedKey goes = ProvisionedKey.enrolled(site.node(), "3013");
    try (SipWire wire = SipWire.udp(site.kamailio().port());
        SipWire otherWire = SipWire.udp(site.kamailio().port())) {
      ScriptedPhone first = new ScriptedPhone(wire, stays);
      assertEquals(200, first.register().status());
      assertEquals(200, new ScriptedPhone(otherWire, goes).register().status());
      assertEquals("it comes again", 200, first.register().status());
      Await.until("both are listed", CALL, () -> isRegistered(stays) && isRegistered(goes));
      site.node().shell("latchkey:revoke " + goes.credentials().keyIdentifier());
      Await.until("one is dropped", Duration.ofSeconds(5), () -> !isRegistered(goes));
      assertTrue(isRegistered(stays));
    }
  }

  @Test
  public void wrongSecretsOtherExtensionsAndReplaysAreRefused() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(site.node(), "3021");
    ProvisionedKey neighbour = ProvisionedKey.enrolled(site.node(), "3022");
    Credentials good = key.credentials();
    String unknown = good.keyIdentifier().substring(0, 31) + other(good.keyIdentifier().charAt(31));
    try (SipWire wire = SipWire.udp(site.kamailio().port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      for (Credentials bad :
          List.of(
              good.withSecret("0".repeat(26)),
              good.withKeyIdentifier(unknown),
              neighbour.credentials())) {
        SipMessage refusal = registered(phone, bad);
        assertEquals(bad.toString(), 401, refusal.status());
        assertFalse(refusal.require("WWW-Authenticate").contains("stale=true"));
      }
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
      assertEquals(200, phone.exchange(phone.registerRequest(Optional.of(answer))).status());
      SipMessage replay =
          phone.exchange(
              phone
                  .registerRequest(Optional.of(answer))
                  .replaceFirst("Contact: <[^>]*>", "Contact: <sip:3021@127.0.0.9:5066>"));
      assertEquals(401, replay.status());
      assertTrue(replay.require("WWW-Authenticate").contains("stale=true"));
      assertFalse(site.node().shell("latchkey:phones --json").contains("127.0.0.9:5066"));
    }
  }

  @Test
  public void aQuestionTooLongForKamailioKeepsNobodyElseOut() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(site.node(), "3031");
    String address = "<sip:3031@localhost>";
    try (SipWire wire = SipWire.udp(site.kamailio().port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
      String request = phone.registerRequest(Optional.of(answer));
      assertTrue(request, request.contains("To: " + address));
      String tooLong =
          request.replace("To: " + address, "To: <sip:" + "3".repeat(8_100) + "@localhost>");
      assertEquals(503, phone.exchange(tooLong).status());
      assertEquals(200, phone.register().status());
    }
  }

  @Test
  public void aUserNameThatGoesOnBehindAByteOfZeroKeepsNobodyElseOut() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(site.node(), "3032");
    try (SipWire wire = SipWire.udp(site.kamailio().port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
      String name = '"' + key.credentials().keyIdentifier() + '"';
      assertTrue(answer, answer.contains(name));
      String goesOn = name.substring(0, name.length() - 1) + (char) 0 + "A".repeat(8_000) + '"';
      String request = phone.registerRequest(Optional.of(answer.replace(name, goesOn)));
      assertEquals(401, phone.exchange(request).status());
      assertEquals(200, phone.register().status());
    }
  }

  @Test
  public void aPhoneWithAPasswordGoesOnBesideThoseWithKeys() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(site.node(), "3051");
    ProvisionedKey old =
        new ProvisionedKey(
            new Credentials("3050", "a-password-of-old", "latchkey"), "3050@localhost", "");
    try (SipWire wire = SipWire.udp(site.kamailio().port());
        SipWire newWire = SipWire.udp(site.kamailio().port())) {
      ScriptedPhone oldPhone = new ScriptedPhone(wire, old);
      ScriptedPhone newPhone = new ScriptedPhone(newWire, key);
      assertEquals(200, oldPhone.register().status());
      assertEquals(401, registered(oldPhone, old.credentials().withSecret("wrong")).status());
      assertEquals(200, newPhone.register().status());
      int before = site.trunk().calls().size();
      assertEquals(200, call(oldPhone, "sip:112@localhost").status());
      assertEquals(before + 1, site.trunk().calls().size());
      ring(oldPhone, "sip:3051@localhost", newWire);
      ring(newPhone, "sip:3050@localhost", wire);
    }
  }

  @Test
  public void manyPhonesRegister() throws Exception {
    List<ProvisionedKey> fleet = Fleet.enrolled(site.node(), 3060, 20);
    Sipp sipp =
        Sipp.run(
            "127.0.0.1:" + site.kamailio().port(),
            Sipp.Order.register(fleet, 300, 100, Ports.free()));
    assertEquals(sipp.errors(), 300, sipp.succeeded());
    assertEquals(sipp.errors(), 0, sipp.failed());
  }

  /** Calls a phone, and waits until its INVITE has come there. */
  private static void ring(ScriptedPhone caller, String uri, SipWire called) throws Exception {
    String id = ScriptedPhone.unique("ring");
    SipMessage challenge = caller.exchange(caller.invite(uri, id, Optional.empty()));
    assertEquals(407, challenge.status());
    String credentials = caller.answerTo(challenge, "INVITE", uri);
    caller.wire().send(caller.invite(uri, id, Optional.of(credentials)));
    called.await("the INVITE at " + uri, CALL, m -> m.require("Call-ID").equals(id));
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

  /** Calls as a phone does, answers one challenge, and ends the call at once when it is taken. */
  static SipMessage call(ScriptedPhone phone, String uri) throws Exception {
    SipMessage answer = SipCall.place(phone, uri, ScriptedPhone.unique("kamailio"));
    if (answer.status() == 200) {
      SipCall.hangUp(phone.wire(), uri, answer);
    }
    return answer;
  }

  /** Registers with other credentials than the phone's own, and gives the last answer. */
  static SipMessage registered(ScriptedPhone phone, Credentials credentials) throws Exception {
    SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
    String answer =
        credentials.answer(
            challenge.require("WWW-Authenticate"), "REGISTER", phone.registerUri(), 1, "c");
    return phone.exchange(phone.registerRequest(Optional.of(answer)));
  }
}
