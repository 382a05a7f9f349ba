package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Baresip;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.Linphone;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.Sounds;
import org.latchkey.itests.fixture.Trunk;

/**
 * The whole way of two stock soft phones: linphone with nothing but its configuration URL and the
 * CA, baresip with an account line made of the enrolment API's answer.
 */
public final class PhoneJourneyIT {

  private static final Duration REGISTER = Duration.ofSeconds(40);
  private static final Duration CALL = Duration.ofSeconds(20);
  private static final double AUDIBLE = 500;

  private static LatchkeyNode node;
  private static Trunk trunk;

  @BeforeClass
  public static void start() throws IOException {
    node = SharedNode.node();
    trunk = SharedNode.trunk();
  }

  @Test
  public void aPhoneThatIsNotRegisteredReachesOnlyEmergency() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "1102");
    try (Sounds sounds = Sounds.of("baresip", "alerts");
        Baresip phone = Baresip.unregistered(key, node.port("sip"), sounds)) {
      phone.command("dial", "sip:1101@localhost");
      assertTrue(phone.await("CALL_CLOSED", CALL).contains("403"));
      phone.forgetEvents();
      int before = trunk.calls().size();
      phone.command("dial", "sip:112@localhost");
      phone.await("CALL_ESTABLISHED", CALL);
      assertEquals(before + 1, trunk.calls().size());
      phone.command("hangup", "");
    }
  }

  @Test
  public void linphoneFetchesRegistersWithSha256AndIsHeard() throws Exception {
    journey("1111", "1112", "TLS");
  }

  @Test
  public void linphoneRegistersWithMd5WhereTheSiteSaysSo() throws Exception {
    node.set("org.latchkey.phones", "linphoneAlgorithm", "MD5");
    Door door = Door.of(node);
    Await.until(
        "the setting is taken",
        Duration.ofSeconds(20),
        () -> {
          String code = ProvisionedKey.code(node.shell("latchkey:enrol 1120"));
          return door.get("/provision/linphone/" + code + ".xml").body().contains(">MD5<");
        });
    try {
      journey("1121", "1122", "TLS");
    } finally {
      node.set("org.latchkey.phones", "linphoneAlgorithm", "SHA-256");
    }
  }

  private void journey(String caller, String called, String transport) throws Exception {
    String printed = node.shell("latchkey:enrol " + caller + " --name Anna");
    String url =
        "https://localhost:%d/provision/linphone/%s.xml"
            .formatted(node.port("https"), ProvisionedKey.code(printed));
    ProvisionedKey key = ProvisionedKey.enrolled(node, called);
    try (Sounds sounds = Sounds.of("linphone", "baresip", "alerts");
        Linphone linphone = Linphone.started(url, node.file("tls/ca.pem"), sounds);
        Baresip baresip = Baresip.started(key, node.port("sip"), sounds)) {
      linphone.awaitRegistered(REGISTER);
      baresip.awaitRegistered(REGISTER);
      assertFalse(
          "a clear secret in linphone's file", linphone.configuration().contains("passwd="));
      String phones = node.shell("latchkey:phone " + caller);
      assertTrue(phones, phones.contains(transport));
      linphone.command("call sip:" + called + "@localhost");
      baresip.await("CALL_INCOMING", CALL);
      baresip.command("accept", "");
      baresip.await("CALL_ESTABLISHED", CALL);
      Await.until("baresip hears linphone", CALL, () -> sounds.loudness("baresip") > AUDIBLE);
      Await.until("linphone hears baresip", CALL, () -> sounds.loudness("linphone") > AUDIBLE);
      baresip.command("hangup", "");
      baresip.await("CALL_CLOSED", CALL);
      held(caller, called, linphone, baresip);
    }
  }

  private void held(String caller, String called, Linphone linphone, Baresip baresip)
      throws Exception {
    node.shell("latchkey:hold " + called);
    baresip.forgetEvents();
    baresip.command("dial", "sip:" + caller + "@localhost");
    assertTrue(baresip.await("CALL_CLOSED", CALL).contains("403"));
    node.shell("latchkey:release " + called);
    baresip.forgetEvents();
    baresip.command("dial", "sip:" + caller + "@localhost");
    baresip.await("CALL_ESTABLISHED", CALL);
    baresip.command("hangup", "");
    assertEquals(
        Optional.empty(), Optional.of(linphone.log()).filter(l -> l.contains("Error 403")));
  }
}
