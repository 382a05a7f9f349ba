package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Callee;
import org.latchkey.itests.fixture.DeskPhone;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.ToldPhone;

/** Users who move: a phone that nobody knows becomes the extension whose PIN is dialled on it. */
public final class MoveIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Pattern PIN = Pattern.compile("\\*99\\*\\d+\\*(\\d{8})");

  private static LatchkeyNode node;
  private static Door door;

  @BeforeClass
  public static void aWindowForAnybody() throws IOException {
    node = SharedNode.node();
    node.awaitStore();
    door = Door.of(node);
    node.shell("latchkey:window --anybody --for 5m --rate 10");
  }

  @AfterClass
  public static void closed() throws IOException {
    node.shell("latchkey:window --close");
  }

  @Test
  public void aStrangersPhoneBecomesTheExtensionWhosePinItsUserDials() throws Exception {
    ProvisionedKey colleague = ProvisionedKey.enrolled(node, "3601");
    try (SipWire wire = SipWire.udp(node.port("sip"));
        ToldPhone phone = ToldPhone.stranger(desk("00005e003602"), door, node)) {
      assertEquals(200, new ScriptedPhone(wire, colleague).register().status());
      try (Callee callee = new Callee(wire)) {
        ProvisionedKey before = phone.key();
        assertEquals("unassigned-00005e003602@localhost", before.aor());
        assertEquals(403, call(phone, "3601").status());
        callsForHelp(phone);
        String pin = pin("3602");
        dialsInVain(phone, pin);
        callsForHelp(phone);
        SipMessage moved = call(phone, "*99*3602*" + pin);
        assertEquals("SIP/2.0 480 This phone fetches its new extension", moved.startLine());
        callsForHelp(phone);
        assertEquals("check-sync;reboot=false", phone.obey());
        assertEquals("it keeps what it has", 200, phone.statusOf(before));
        phone.fetchAgain();
        assertEquals("3602@localhost", phone.key().aor());
        assertEquals("and both work", 200, phone.statusOf(before));
        callsForHelp(phone);
        phone.register();
        Await.until("the end of the key it had", SOON, () -> phone.statusOf(before) == 401);
        callsForHelp(phone);
        SipMessage up = call(phone, "3601");
        assertEquals(200, up.status());
        SipCall.hangUp(phone.dialling().wire(), "sip:3601@localhost", up);
        assertEquals(1, callee.calls().size());
        nobodyWroteItDown(pin, before);
      }
    }
  }

  @Test
  public void anAdministratorAssignsAPhoneThatWaits() throws Exception {
    try (ToldPhone phone = ToldPhone.stranger(desk("00005e003603"), door, node)) {
      ProvisionedKey before = phone.key();
      node.shell("latchkey:assign 00005e003603 3603");
      assertEquals("check-sync;reboot=false", phone.obey());
      assertEquals(200, phone.statusOf(before));
      phone.fetchAgain();
      assertEquals("3603@localhost", phone.key().aor());
      phone.register();
      Await.until("the end of the key it had", SOON, () -> phone.statusOf(before) == 401);
      String pending = node.shell("latchkey:pending");
      assertFalse(pending, pending.contains("3603@localhost"));
    }
  }

  /** Wrong PINs, and the right one for another extension: three tries of the PIN are left. */
  private static void dialsInVain(ToldPhone phone, String pin) throws Exception {
    String wrong = (pin.charAt(0) == '9' ? '0' : '9') + pin.substring(1);
    for (String dialled : List.of("3602*" + wrong, "3602*" + wrong, "3609*" + pin)) {
      SipMessage refused = call(phone, "*99*" + dialled);
      assertEquals("SIP/2.0 403 Extension or PIN not accepted", refused.startLine());
    }
  }

  private static void nobodyWroteItDown(String pin, ProvisionedKey before) throws IOException {
    String key = before.credentials().keyIdentifier();
    String audit = node.shell("latchkey:audit --phone " + key);
    assertTrue(audit, audit.contains("pin.refused") && audit.contains("pin.used"));
    String why = node.shell("latchkey:why " + key) + node.shell("latchkey:why 3602");
    assertTrue(why, why.contains("dialled a PIN and was refused: "));
    assertTrue(audit, audit.contains("the PIN was wrong"));
    assertFalse((audit + why + node.log()).contains(pin));
  }

  private static void callsForHelp(ToldPhone phone) throws Exception {
    String call = ScriptedPhone.unique("call");
    SipMessage answer = SipCall.place(phone.dialling(), "sip:112@localhost", call);
    assertEquals(200, answer.status());
    SharedNode.trunk().awaitCall(call);
    SipCall.hangUp(phone.dialling().wire(), "sip:112@localhost", answer);
  }

  private static SipMessage call(ToldPhone phone, String number) throws Exception {
    String uri = "sip:" + number + "@localhost";
    return SipCall.place(phone.dialling(), uri, ScriptedPhone.unique("call"));
  }

  private static String pin(String extension) throws IOException {
    Matcher pin = PIN.matcher(node.shell("latchkey:enrol " + extension + " --pin"));
    assertTrue("a PIN is printed", pin.find());
    return pin.group(1);
  }

  private static DeskPhone desk(String mac) {
    String agent = "Yealink SIP-T54W 96.86.0.70 " + mac.replaceAll("..(?!$)", "$0:");
    return new DeskPhone(
        mac,
        "yealink",
        mac,
        List.of(new DeskPhone.Step("GET", mac + ".cfg", false, 200, true, agent)));
  }
}
