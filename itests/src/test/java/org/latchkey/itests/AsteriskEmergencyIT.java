package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.latchkey.itests.AsteriskIT.EMERGENCY;
import static org.latchkey.itests.AsteriskIT.HELP_DESK;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.itests.fixture.AtEachAsterisk;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** Emergency at Debian's Asterisk 22 and 16 for phones that are not where they registered. */
public final class AsteriskEmergencyIT extends AtEachAsterisk {

  private static final Duration READY = Duration.ofSeconds(30);

  public AsteriskEmergencyIT() {
    super("5");
  }

  @Test
  public void whoIsFarAwayProvesHisKeyAndIsPutThroughHeldOrNot() throws Exception {
    ProvisionedKey key = enrolled(1);
    try (SipWire wire = from(1)) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("its key is known", READY, () -> phone.register().status() == 200);
    }
    try (SipWire wire = from(2)) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      for (String uri : List.of(EMERGENCY, HELP_DESK)) {
        AsteriskIT.rings(site, phone, told(phone, uri));
      }
      site.node().shell("latchkey:hold %s --reason \"lost\"".formatted(extension(1)));
      AsteriskIT.rings(site, phone, told(phone, EMERGENCY));
    }
  }

  @Test
  public void whoIsFarAwayAndProvesNothingIsNotPutThrough() throws Exception {
    ProvisionedKey key = enrolled(2);
    Credentials wrong = key.credentials().withSecret("0".repeat(26));
    try (SipWire wire = from(3)) {
      ScriptedPhone phone =
          new ScriptedPhone(wire, new ProvisionedKey(wrong, key.aor(), key.provisioningPassword()));
      int before = site.trunk().calls().size();
      String uri = told(phone, EMERGENCY);
      assertEquals(401, KamailioIT.call(phone, uri).status());
      assertEquals(before, site.trunk().calls().size());
    }
  }

  /** RFC 3261 section 8.1.3.4 recommends to keep To, which is all that Asterisk 16 looks at. */
  @Test
  public void whoKeepsHisToWhenToldToProveIsChallengedByAsterisk22Only() throws Exception {
    ProvisionedKey key = enrolled(3);
    try (SipWire wire = from(4)) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      String uri = told(phone, EMERGENCY);
      String invite =
          phone
              .invite(uri, ScriptedPhone.unique("to"), Optional.empty())
              .replaceFirst("To: <[^>]*>", "To: <" + EMERGENCY + ">");
      assertEquals(version.equals("22") ? 401 : 486, phone.exchange(invite).status());
    }
  }

  @Test
  public void aPhoneWithAPasswordProvesThat() throws Exception {
    try (SipWire wire = from(5)) {
      ScriptedPhone phone = new ScriptedPhone(wire, AsteriskIT.oldPhone());
      AsteriskIT.rings(site, phone, told(phone, EMERGENCY));
    }
  }

  @Test
  public void aPhoneThatIsRegisteredFromThatAddressNeedNotProveItsKeyAgain() throws Exception {
    ProvisionedKey key = enrolled(4);
    List<SipMessage> up = new ArrayList<>();
    try (SipWire wire = from(6);
        SipWire otherPort = from(6);
        SipWire elsewhere = from(7)) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", READY, () -> phone.register().status() == 200);
      ScriptedPhone same = new ScriptedPhone(otherPort, key);
      AsteriskIT.rings(site, same, EMERGENCY);
      AsteriskIT.rings(site, same, HELP_DESK);
      told(new ScriptedPhone(elsewhere, key), EMERGENCY);
      told(new ScriptedPhone(otherPort, enrolled(5)), EMERGENCY);
      told(new ScriptedPhone(otherPort, named("%", key)), EMERGENCY);
      told(new ScriptedPhone(otherPort, named("_".repeat(4), key)), EMERGENCY);

      for (int i = 0; i < 2; i++) {
        SipMessage answer = SipCall.place(same, EMERGENCY, ScriptedPhone.unique("line"));
        assertEquals(200, answer.status());
        up.add(answer);
      }
      AsteriskIT.rings(site, same, told(same, EMERGENCY));
      AsteriskIT.rings(site, phone, EMERGENCY);
      for (SipMessage answer : up) {
        SipCall.hangUp(otherPort, EMERGENCY, answer);
      }
      Await.until(
          "its places are free again",
          READY,
          () -> KamailioIT.call(same, EMERGENCY).status() == 200);
    }
  }

  @Test
  public void strangersWhoTakeAllPlacesKeepNobodyFromProving() throws Exception {
    ProvisionedKey key = enrolled(6);
    List<SipMessage> up = new ArrayList<>();
    try (SipWire wire = SipWire.udp(site.port());
        SipWire phones = SipWire.udp(site.port())) {
      ScriptedPhone stranger = new ScriptedPhone(wire, key);
      for (int i = 0; i < 2; i++) {
        SipMessage answer = SipCall.place(stranger, EMERGENCY, ScriptedPhone.unique("near"));
        assertEquals(200, answer.status());
        up.add(answer);
      }
      ScriptedPhone phone = new ScriptedPhone(phones, key);
      AsteriskIT.rings(site, phone, told(phone, EMERGENCY));
      for (SipMessage answer : up) {
        SipCall.hangUp(wire, EMERGENCY, answer);
      }
    }
  }

  @Test
  public void whoIsFarAwayProvesAKeyThatAsteriskKnowsWhileLatchkeyIsGone() throws Exception {
    ProvisionedKey key = enrolled(7);
    try (SipWire wire = from(8);
        SipWire elsewhere = from(9)) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", READY, () -> phone.register().status() == 200);
      site.node().shell("bundle:stop org.latchkey.pbx.http");
      try {
        ScriptedPhone far = new ScriptedPhone(elsewhere, key);
        AsteriskIT.rings(site, far, told(far, EMERGENCY));
      } finally {
        site.node().shell("bundle:start org.latchkey.pbx.http");
      }
      Await.until("registrations go on", READY, () -> phone.register().status() == 200);
    }
  }

  /** Calls as somebody who is to prove himself, and gives where. */
  private static String told(ScriptedPhone phone, String uri) throws Exception {
    SipMessage answer = SipCall.place(phone, uri, ScriptedPhone.unique("far"));
    assertEquals(answer.toString(), 302, answer.status());
    String contact = answer.require("Contact").replaceAll("[<>]", "");
    assertEquals(uri.replace("sip:", "sip:prove."), contact);
    return contact;
  }

  private static ProvisionedKey named(String user, ProvisionedKey key) {
    return new ProvisionedKey(key.credentials(), user + "@localhost", key.provisioningPassword());
  }

  /** A phone's socket outside the networks from which strangers are taken. */
  private static SipWire from(int host) throws IOException {
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 7, (byte) host});
    return SipWire.udp(address, 0, site.port());
  }
}
