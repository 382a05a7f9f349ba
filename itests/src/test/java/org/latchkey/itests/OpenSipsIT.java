package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.OpenSips;
import org.latchkey.itests.fixture.OpenSipsSite;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** An OpenSIPS with the configuration that we write, where there is one. */
public final class OpenSipsIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String EMERGENCY = "sip:112@localhost";

  private static OpenSipsSite site;
  private static LatchkeyNode node;
  private static OpenSips openSips;

  @BeforeClass
  public static void start() throws IOException {
    site = OpenSipsSite.shared();
    node = site.node();
    openSips = site.openSips();
  }

  @Test
  public void twoPhonesCallAndAHeldOneReachesEmergencyOnly() throws Exception {
    ProvisionedKey anna = ProvisionedKey.enrolled(node, "3501");
    ProvisionedKey ben = ProvisionedKey.enrolled(node, "3502");
    try (SipWire first = SipWire.udp(openSips.port());
        SipWire second = SipWire.tcp(openSips.port())) {
      ScriptedPhone caller = new ScriptedPhone(first, anna);
      ScriptedPhone called = new ScriptedPhone(second, ben);
      Await.until("it registers", SOON, () -> caller.register().status() == 200);
      Await.until("over TCP, too", SOON, () -> called.register().status() == 200);
      Await.until("both are listed", SOON, () -> site.lists(anna) && site.lists(ben));
      rings(caller, "sip:3502@localhost", second);
      node.shell("latchkey:hold 3501 --reason \"left the company\"");
      SipMessage refused = KamailioIT.call(caller, "sip:3502@localhost");
      assertEquals(403, refused.status());
      assertTrue(refused.toString(), refused.toString().contains("7000"));
      int before = site.trunk().calls().size();
      assertEquals(200, KamailioIT.call(caller, EMERGENCY).status());
      assertEquals(before + 1, site.trunk().calls().size());
      node.shell("latchkey:release 3501");
      Await.until(
          "the audit log has it",
          SOON,
          () -> node.shell("latchkey:audit --action call.permitted").contains("112"));
    }
  }

  @Test
  public void revokingDropsTheRegistrationWithinFiveSeconds() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3511");
    try (SipWire wire = SipWire.udp(openSips.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", SOON, () -> phone.register().status() == 200);
      Await.until("it is listed", SOON, () -> site.lists(key));
      node.shell("latchkey:revoke " + key.credentials().keyIdentifier());
      Await.until("it is dropped", Duration.ofSeconds(5), () -> !site.lists(key));
      assertEquals(401, phone.register().status());
    }
  }

  @Test
  public void wrongSecretsOtherExtensionsAndReplaysAreRefused() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3521");
    ProvisionedKey neighbour = ProvisionedKey.enrolled(node, "3522");
    Credentials good = key.credentials();
    try (SipWire wire = SipWire.udp(openSips.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", SOON, () -> phone.register().status() == 200);
      for (Credentials bad : List.of(good.withSecret("0".repeat(26)), neighbour.credentials())) {
        SipMessage refusal = KamailioIT.registered(phone, bad);
        assertEquals(bad.toString(), 401, refusal.status());
        assertFalse(refusal.require("WWW-Authenticate").contains("stale=true"));
      }
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
      String request = phone.registerRequest(Optional.of(answer));
      assertEquals(200, phone.exchange(request).status());
      String replay =
          phone
              .registerRequest(Optional.of(answer))
              .replaceFirst("Contact: <[^>]*>", "Contact: <sip:3521@127.0.0.9:5066>");
      assertEquals(401, phone.exchange(replay).status());
      String twice =
          answered(phone).replace("Contact:", "Proxy-Authorization: Digest a=\"b\"\r\nContact:");
      assertEquals(400, phone.exchange(twice).status());
      assertFalse(node.shell("latchkey:phones --json").contains("127.0.0.9:5066"));
    }
  }

  @Test
  public void aPhoneWithAPasswordGoesOnBesideThoseWithKeys() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3551");
    ProvisionedKey old =
        new ProvisionedKey(
            new Credentials("3550", "a-password-of-old", "latchkey"), "3550@localhost", "");
    try (SipWire wire = SipWire.udp(openSips.port());
        SipWire newWire = SipWire.udp(openSips.port())) {
      ScriptedPhone oldPhone = new ScriptedPhone(wire, old);
      ScriptedPhone newPhone = new ScriptedPhone(newWire, key);
      assertEquals(200, oldPhone.register().status());
      Credentials wrong = old.credentials().withSecret("wrong");
      assertEquals(401, KamailioIT.registered(oldPhone, wrong).status());
      assertEquals(400, registered(oldPhone, "Contact: <sip:35" + (char) 0 + "x@192.0.2.7>\r\n"));
      Await.until("it registers", SOON, () -> newPhone.register().status() == 200);
      assertEquals(200, KamailioIT.call(oldPhone, EMERGENCY).status());
      rings(oldPhone, "sip:3551@localhost", newWire);
      rings(newPhone, "sip:3550@localhost", wire);
    }
  }

  @Test
  public void ofTwoPhonesOfAnExtensionTheRevokedOneIsDropped() throws Exception {
    ProvisionedKey stays = ProvisionedKey.enrolled(node, "3513");
    ProvisionedKey goes = ProvisionedKey.enrolled(node, "3513");
    try (SipWire wire = SipWire.udp(openSips.port());
        SipWire otherWire = SipWire.udp(openSips.port())) {
      ScriptedPhone first = new ScriptedPhone(wire, stays);
      ScriptedPhone second = new ScriptedPhone(otherWire, goes);
      Await.until("one registers", SOON, () -> first.register().status() == 200);
      Await.until("and the other", SOON, () -> second.register().status() == 200);
      Await.until("the one comes again", SOON, () -> first.register().status() == 200);
      Await.until("both are listed", SOON, () -> site.lists(stays) && site.lists(goes));
      node.shell("latchkey:revoke " + goes.credentials().keyIdentifier());
      Await.until("one is dropped", Duration.ofSeconds(5), () -> !site.lists(goes));
      assertTrue(site.lists(stays));
    }
  }

  @Test
  public void whateverElseAPhoneWritesItIsDroppedWhenItsKeyIsRevoked() throws Exception {
    List<String> contacts =
        List.of(
            "Contact: <sip:gone@192.0.2.9>;expires=0, <sip:3514@192.0.2.7:5070>\r\n",
            "User-Agent: a\"\\\r\nContact: <sip:3514@192.0.2.7:5070>;expires=299\r\n");
    for (String contact : contacts) {
      ProvisionedKey key = ProvisionedKey.enrolled(node, "3514");
      try (SipWire wire = SipWire.udp(openSips.port())) {
        ScriptedPhone phone = new ScriptedPhone(wire, key);
        Await.until("it registers", SOON, () -> registered(phone, contact) == 200);
        Await.until("it is listed", SOON, () -> site.lists(key));
        node.shell("latchkey:revoke " + key.credentials().keyIdentifier());
        Await.until("it is dropped", Duration.ofSeconds(5), () -> !site.lists(key));
      }
    }
  }

  @Test
  public void whatNoPhoneSendsKeepsNobodyElseOut() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3515");
    try (SipWire wire = SipWire.udp(openSips.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", SOON, () -> phone.register().status() == 200);
      String name = key.credentials().keyIdentifier();
      assertEquals(400, phone.exchange(answered(phone).replace(name, name + (char) 0)).status());
      String long1 = "To: <sip:" + "3".repeat(8_100) + "@localhost>";
      assertEquals(400, phone.exchange(answered(phone).replaceFirst("To: .*", long1)).status());
      String request = answered(phone);
      assertEquals(200, phone.exchange(request).status());
      assertEquals("answered as before", 200, phone.exchange(request).status());
      assertEquals(400, registered(phone, "Contact: <sip:35" + (char) 0 + "x@192.0.2.7>\r\n"));
      String id = "call\"" + ScriptedPhone.unique("x") + "\u00e9";
      int told = audited();
      wire.send(phone.invite(EMERGENCY, id, Optional.empty()));
      site.trunk().awaitCall(id);
      Await.until("and it is audited", SOON, () -> audited() > told);
    }
  }

  @Test
  public void whatOpenSipsTakesForItsOwnInARequestUriDoesNotEndIt() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3516");
    try (SipWire wire = SipWire.udp(openSips.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", SOON, () -> phone.register().status() == 200);
      String tooLong = "sip:tgruu." + "x".repeat(300) + "@localhost;GR=1";
      for (String uri : List.of("sip:tgruu.x@localhost;gr=1", "sip:localhost;gr=1", tooLong)) {
        assertEquals(uri, 404, KamailioIT.call(phone, uri).status());
      }
      assertEquals(200, KamailioIT.call(phone, EMERGENCY + ";gr=1").status());
      assertTrue("nobody's", KamailioIT.call(phone, "sip:localhost").status() >= 400);
      assertTrue("it is there", openSips.answers());
      rings(phone, "sip:3516@localhost", wire);
    }
  }

  @Test
  public void howeverManyContactsAnExtensionHasTheNewestRings() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3517");
    try (SipWire wire = SipWire.udp(openSips.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      for (int i = 1; i <= 12; i++) {
        String contact = "Contact: <sip:3517@192.0.2.%d:5070>\r\n".formatted(i);
        Await.until("it registers", SOON, () -> registered(phone, contact) == 200);
      }
      SipMessage answer = phone.register();
      assertEquals(answer.toString(), 10, answer.toString().split("@192.0.2.", -1).length);
      rings(phone, "sip:3517@localhost", wire);
    }
  }

  private static int audited() throws IOException {
    return node.shell("latchkey:audit --action call.permitted").split("call.permitted", -1).length;
  }

  /** A REGISTER with an answer to a challenge of its own. */
  private static String answered(ScriptedPhone phone) throws Exception {
    SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
    return phone.registerRequest(
        Optional.of(phone.answerTo(challenge, "REGISTER", phone.registerUri())));
  }

  /** What a REGISTER with other lines in the place of its Contact is answered. */
  private static int registered(ScriptedPhone phone, String contact) throws Exception {
    String lines = contact.replace("\\", "\\\\");
    return phone.exchange(answered(phone).replaceFirst("Contact: .*\r\n", lines)).status();
  }

  /** Calls a phone, and waits until its INVITE has come there. */
  private static void rings(ScriptedPhone caller, String uri, SipWire called) throws Exception {
    String id = ScriptedPhone.unique("ring");
    SipMessage challenge = caller.exchange(caller.invite(uri, id, Optional.empty()));
    assertEquals(407, challenge.status());
    String answer = SipCall.answering(caller, caller.invite(uri, id, Optional.empty()), challenge);
    caller.wire().send(answer);
    called.await(
        "the INVITE at " + uri,
        SOON,
        m -> m.require("Call-ID").equals(id) && m.startLine().contains(called.address()));
  }
}
