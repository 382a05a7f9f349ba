package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.KamailioSite;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** Emergency at Kamailio: nobody takes its places, and it is no open door. */
public final class KamailioEmergencyIT {

  private static final String EMERGENCY = "sip:112@localhost";
  private static final String HELP_DESK = "sip:7000@localhost";

  private static KamailioSite site;
  private static ProvisionedKey key;

  @BeforeClass
  public static void start() throws IOException {
    site = KamailioSite.shared();
    key = ProvisionedKey.enrolled(site.node(), "3071");
  }

  @Test
  public void helpDeskCallsTakeNoPlacesOfEmergencyAndAWithheldNumberIsNoStranger()
      throws Exception {
    List<SipMessage> up = new ArrayList<>();
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 7, 1});
    try (SipWire stranger = SipWire.udp(here, 0, site.kamailio().port());
        SipWire wire = SipWire.udp(here, 0, site.kamailio().port())) {
      ScriptedPhone unproved = new ScriptedPhone(stranger, key);
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      assertEquals(200, phone.register().status());
      for (String uri : List.of(HELP_DESK, HELP_DESK, EMERGENCY, EMERGENCY)) {
        SipMessage answer = unproved.exchange(withheld(unproved, uri));
        assertEquals(uri, 200, answer.status());
        up.add(answer);
      }
      assertEquals(
          "its places are taken", 486, unproved.exchange(withheld(unproved, EMERGENCY)).status());

      SipMessage proved = phone.exchange(withheld(phone, EMERGENCY));
      assertEquals(200, proved.status());
      SipCall.hangUp(wire, EMERGENCY, proved);
      for (SipMessage answer : up) {
        SipCall.hangUp(stranger, "a call", answer);
      }
    }
  }

  @Test
  public void nobodyIsTransferredOutOfAnEmergencyCall() throws Exception {
    try (SipWire stranger = SipWire.udp(site.kamailio().port());
        SipWire thief = SipWire.udp(site.kamailio().port())) {
      ScriptedPhone unproved = new ScriptedPhone(stranger, key);
      SipMessage answer = unproved.exchange(withheld(unproved, EMERGENCY));
      assertEquals(200, answer.status());
      String refer =
          unproved
              .invite(answer.require("Contact").replaceAll("[<>]", ""), "x", Optional.empty())
              .replaceFirst("(?s)Content-Type:.*", "Content-Length: 0\r\n\r\n")
              .replace("INVITE", "REFER")
              .replaceFirst("Contact: .*\r\n", "Refer-To: <sip:900@" + thief.address() + ">\r\n")
              .replaceFirst("From: .*\r\n", "From: " + answer.require("From") + "\r\n")
              .replaceFirst("To: .*\r\n", "To: " + answer.require("To") + "\r\n")
              .replaceFirst("Call-ID: .*\r\n", "Call-ID: " + answer.require("Call-ID") + "\r\n");
      assertEquals(403, unproved.exchange(refer).status());
      assertTrue(thief.poll(Duration.ofMillis(500), m -> true).isEmpty());
      SipCall.hangUp(stranger, EMERGENCY, answer);
    }
  }

  @Test
  public void aNumberThatBecameAnEmergencyNumberSinceIsRouted() throws Exception {
    try (SipWire wire = SipWire.udp(site.kamailio().port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      assertEquals(200, phone.register().status());
      Path file = site.node().home().resolve("etc/org.latchkey.destinations.cfg");
      String before = Files.readString(file);
      String target = setting(before);
      site.node()
          .set(
              "org.latchkey.destinations",
              "emergency",
              target + ", 110=" + target.substring(4, target.indexOf(',')));
      try {
        Await.until(
            "110 rings",
            Duration.ofSeconds(20),
            () -> KamailioIT.call(phone, "sip:110@localhost").status() == 200);
      } finally {
        Files.writeString(file, before);
      }
    }
  }

  @Test
  public void anOldPhonesPasswordIsForItsOwnDomainOnly() throws Exception {
    ProvisionedKey old =
        new ProvisionedKey(
            new Credentials("3052", "a-password-of-elsewhere", "latchkey"), "3052@localhost", "");
    try (SipWire wire = SipWire.udp(site.kamailio().port())) {
      assertEquals(401, new ScriptedPhone(wire, old).register().status());
    }
  }

  private static String setting(String file) {
    return file.lines()
        .filter(line -> line.startsWith("emergency = "))
        .reduce((first, last) -> last)
        .orElseThrow()
        .substring("emergency = ".length());
  }

  /** An INVITE whose From says nothing of the caller. */
  private static String withheld(ScriptedPhone phone, String uri) {
    return phone
        .invite(uri, ScriptedPhone.unique("sos"), Optional.empty())
        .replaceFirst("From: <[^>]*>", "From: \"Anonymous\" <sip:anonymous@anonymous.invalid>");
  }
}
