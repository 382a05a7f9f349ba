package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Callee;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.DeskPhone;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.FirmwareDoor;
import org.latchkey.itests.fixture.FirmwareDoor.Answer;
import org.latchkey.itests.fixture.Folders;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.PhoneFactory;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/**
 * Phones without a code: the inventory and a factory certificate, or a window, let them in over
 * real TLS, and nothing less does.
 */
public final class PoliciesIT {

  private static final String PHONES = "127.0.8.1";
  private static final String OTHERS = "127.0.8.2";

  private static LatchkeyNode node;
  private static Path folder;
  private static Path ca;
  private static SSLContext bare;
  private static PhoneFactory yealink;
  private static PhoneFactory poly;
  private static DeskPhone family;

  @BeforeClass
  public static void aSiteThatTrustsTwoFactories() throws Exception {
    node = SharedNode.node();
    node.awaitStore();
    ca = node.file("tls/ca.pem");
    bare = Door.trust(ca);
    folder = Files.createTempDirectory("latchkey-factories");
    yealink = new PhoneFactory("CN=Yealink Root CA");
    poly = new PhoneFactory("CN=Polycom Root CA");
    trust("yealink", yealink);
    trust("poly", poly);
    family =
        DeskPhone.all().stream()
            .filter(phone -> phone.profile().equals("yealink"))
            .findFirst()
            .orElseThrow();
  }

  @After
  public void noWindowStaysOpen() throws IOException {
    node.shell("latchkey:window --close");
  }

  @AfterClass
  public static void trustNobody() throws IOException {
    for (String line : node.shell("latchkey:factory-trust --list").lines().toList()) {
      if (line.strip().startsWith("SHA-256 ")) {
        node.shell("latchkey:factory-trust --remove " + line.strip().substring(8));
      }
    }
    Folders.delete(folder);
  }

  @Test
  public void aFactoryCertificateOfThePhoneThatTheInventoryNamesLetsItIn() throws Exception {
    String mac = "805ec00000d1";
    enlist(3501, mac);
    SSLContext tls = yealink.phone("CN=805EC00000D1", ca);
    ProvisionedKey key = served(tls, PHONES, mac);
    assertEquals("3501@localhost", key.aor());
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      assertEquals(200, new ScriptedPhone(wire, key).register().status());
    }
    assertEquals("after a reset", key.credentials(), served(tls, PHONES, mac).credentials());
    String audit = node.shell("latchkey:audit --action key.issued --phone " + mac);
    assertTrue(audit, audit.contains("factory-certificate"));
  }

  @Test
  public void nothingLessLetsAPhoneInAndEveryRefusalIsTheSame() throws Exception {
    String mac = "805ec00000d2";
    enlist(3502, mac);
    String own = "CN=805EC00000D2";
    Map<String, SSLContext> shown = new LinkedHashMap<>();
    shown.put("the inventory alone", bare);
    shown.put("another phone's", yealink.phone("CN=805EC00000D9", ca));
    shown.put("the one that all have", yealink.phone("CN=Yealink", ca));
    shown.put("an expired one", yealink.expired(own, ca));
    shown.put("another vendor's", poly.phone(own + ", O=Polycom Inc.", ca));
    shown.put("a namesake's", new PhoneFactory("CN=Yealink Root CA").phone(own, ca));
    String nothing = asked(bare, OTHERS, "805ec00000da").withoutDate();
    assertTrue(nothing, nothing.startsWith("HTTP/1.1 404 "));
    for (Map.Entry<String, SSLContext> one : shown.entrySet()) {
      assertEquals(one.getKey(), nothing, asked(one.getValue(), PHONES, mac).withoutDate());
    }
    SSLContext unlisted = yealink.phone("CN=805EC00000DB", ca);
    assertEquals(
        "the certificate alone", nothing, asked(unlisted, PHONES, "805ec00000db").withoutDate());
    assertEquals(200, asked(yealink.phone(own, ca), PHONES, mac).status());
  }

  @Test
  public void aWindowServesTheInventoryByItsMacAddressOnce() throws Exception {
    enlist(3503, "805ec00000d3");
    enlist(3504, "805ec00000d4");
    node.shell("latchkey:window --inventory --for 5m");
    ProvisionedKey key = served(bare, PHONES, "805ec00000d3");
    assertEquals("3503@localhost", key.aor());
    assertEquals("an answer that was lost", key, served(bare, PHONES, "805ec00000d3"));
    assertEquals("elsewhere", 404, asked(bare, OTHERS, "805ec00000d3").status());
    assertEquals("not listed", 404, asked(bare, PHONES, "805ec00000dc").status());
    assertTrue(node.shell("latchkey:status").contains("by their MAC address alone, 1 so far"));
    node.shell("latchkey:window --close");
    assertEquals("closed", 404, asked(bare, PHONES, "805ec00000d4").status());
  }

  @Test
  public void aStrangerIsHeldUntilItIsApproved() throws Exception {
    assertEquals(404, asked(bare, PHONES, "805ec00000d5").status());
    node.shell("latchkey:window --anybody --for 5m --rate 10");
    ProvisionedKey key = served(bare, PHONES, "805ec00000d5");
    assertEquals("unassigned-805ec00000d5@localhost", key.aor());
    ProvisionedKey colleague = ProvisionedKey.enrolled(node, "3505");
    try (SipWire wire = SipWire.udp(node.port("sip"));
        SipWire other = SipWire.udp(node.port("sip"))) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      assertEquals(200, phone.register().status());
      assertEquals(200, new ScriptedPhone(other, colleague).register().status());
      try (Callee callee = new Callee(other)) {
        String help = ScriptedPhone.unique("call");
        SipMessage answer =
            phone.exchange(phone.invite("sip:112@localhost", help, Optional.empty()));
        assertEquals(200, answer.status());
        SharedNode.trunk().awaitCall(help);
        SipCall.hangUp(wire, "sip:112@localhost", answer);
        assertEquals(403, call(phone).status());
        assertEquals(0, callee.calls().size());
        String approve = "latchkey:approve " + key.credentials().keyIdentifier();
        assertEquals(approve, next(node.shell("latchkey:pending"), key.aor()));
        node.shell(approve);
        SipMessage up = call(phone);
        assertEquals(200, up.status());
        SipCall.hangUp(wire, "sip:3505@localhost", up);
      }
    }
  }

  @Test
  public void theCommandThatPendingPrintsLetsThePhoneIn() throws Exception {
    enlist(3506, "805ec00000d6");
    assertEquals(404, asked(bare, PHONES, "805ec00000d6").status());
    assertEquals(404, asked(bare, PHONES, "805ec00000d7").status());
    String pending = node.shell("latchkey:pending");
    assertTrue(pending, pending.contains("805ec00000d6 from 127.0.8.1 (Yealink T54W)"));
    node.shell(next(pending, "805ec00000d6 "));
    assertEquals("3506@localhost", served(bare, PHONES, "805ec00000d6").aor());
    String enrol = next(pending, "805ec00000d7 ");
    assertNotEquals("an administrator names the extension", enrol, enrol.replace("EXTENSION", ""));
    node.shell(enrol.replace("EXTENSION", "3507"));
    assertEquals("3507@localhost", served(bare, PHONES, "805ec00000d7").aor());
  }

  private static SipMessage call(ScriptedPhone phone) throws Exception {
    return SipCall.place(phone, "sip:3505@localhost", ScriptedPhone.unique("call"));
  }

  /** Imports an authority as an administrator does: looks, compares, types what was printed. */
  private static void trust(String vendor, PhoneFactory factory) throws Exception {
    Path file = factory.publish(folder.resolve(vendor + ".pem"));
    try (Console console = node.console("admin")) {
      Commands.Result looked = console.run("latchkey:factory-trust " + vendor + ' ' + file);
      assertNotEquals("nothing is trusted yet", 0, looked.exit());
      String printed =
          looked
              .output()
              .lines()
              .map(String::strip)
              .filter(line -> line.startsWith("latchkey:factory-trust "))
              .findFirst()
              .orElseThrow(() -> new AssertionError(looked.output()));
      String unused = console.run(printed).orFail(printed);
    }
  }

  private static void enlist(int extension, String mac) throws IOException {
    node.shell("latchkey:enrol %d --device %s --inventory".formatted(extension, mac));
  }

  private static ProvisionedKey served(SSLContext tls, String from, String mac) throws IOException {
    Answer answer = asked(tls, from, mac);
    assertEquals(mac, 200, answer.status());
    return family.read(answer.text());
  }

  private static Answer asked(SSLContext tls, String from, String mac) throws IOException {
    String agent = "Yealink SIP-T54W 96.86.0.70 " + mac.replaceAll("..(?!$)", "$0:");
    try (FirmwareDoor door = FirmwareDoor.open(tls, from, node.port("https"))) {
      return door.get(mac + ".cfg", agent);
    }
  }

  /** The line below the one that begins so. */
  private static String next(String text, String begins) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).startsWith(begins)) {
        return lines.get(i + 1).strip();
      }
    }
    throw new AssertionError(begins + " is not in " + text);
  }
}
