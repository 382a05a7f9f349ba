package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** What a registrar with Latchkey answers to credentials that are not good, over UDP. */
public final class RefusalsIT {

  private static LatchkeyNode node;
  private static ProvisionedKey key;
  private static ProvisionedKey revoked;
  private static ProvisionedKey neighbour;

  private SipWire wire;
  private ScriptedPhone phone;
  private int logged;

  @BeforeClass
  public static void enrol() throws IOException {
    node = SharedNode.node();
    key = ProvisionedKey.enrolled(node, "2001");
    revoked = ProvisionedKey.enrolled(node, "2001");
    neighbour = ProvisionedKey.enrolled(node, "2002");
    node.shell("latchkey:revoke " + revoked.credentials().keyIdentifier());
  }

  @Before
  public void plugIn() throws IOException {
    logged = node.log().length();
    wire = SipWire.udp(node.port("sip"));
    phone = new ScriptedPhone(wire, key);
  }

  @After
  public void plugOut() {
    wire.close();
    assertFalse("an exception in the log", node.log().substring(logged).contains("Exception"));
  }

  @Test
  public void goodCredentialsAreAccepted() throws Exception {
    assertEquals(200, phone.register().status());
  }

  @Test
  public void everyKindOfWrongCredentialsLooksTheSame() throws Exception {
    Credentials good = key.credentials();
    String unknown = good.keyIdentifier().substring(0, 31) + other(good.keyIdentifier().charAt(31));
    Map<String, Credentials> bad = new LinkedHashMap<>();
    bad.put("wrong secret", good.withSecret("0".repeat(26)));
    bad.put("unknown identifier", good.withKeyIdentifier(unknown));
    bad.put("malformed identifier", good.withKeyIdentifier("K" + "!".repeat(31)));
    bad.put("revoked", revoked.credentials());
    bad.put("a key for another extension", neighbour.credentials());
    Map<String, String> answers = new LinkedHashMap<>();
    String challengeNonce = "";
    for (Map.Entry<String, Credentials> entry : bad.entrySet()) {
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      String answer =
          entry
              .getValue()
              .answer(
                  challenge.require("WWW-Authenticate"),
                  "REGISTER",
                  phone.registerUri(),
                  1,
                  "cnonce");
      SipMessage refusal = phone.exchange(phone.registerRequest(Optional.of(answer)));
      answers.put(entry.getKey(), refusal.withoutWhatMayDiffer());
      String nonce =
          SipMessage.parameter(refusal.require("WWW-Authenticate"), "nonce").orElseThrow();
      assertFalse("a new nonce each time", nonce.equals(challengeNonce));
      challengeNonce = nonce;
    }
    assertEquals(answers.toString(), 1, answers.values().stream().distinct().count());
    assertTrue(answers.toString(), answers.get("revoked").startsWith("SIP/2.0 401 "));
    assertFalse(answers.toString(), answers.get("revoked").contains("stale"));
  }

  @Test
  public void anExactRetransmissionIsAnsweredAsBefore() throws Exception {
    SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
    String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
    String request = phone.registerRequest(Optional.of(answer));
    assertEquals(200, phone.exchange(request).status());
    assertEquals(200, phone.exchange(request).status());
  }

  @Test
  public void aReplayWithAnotherContactIsRefused() throws Exception {
    SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
    String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
    String request = phone.registerRequest(Optional.of(answer));
    assertEquals(200, phone.exchange(request).status());
    String hijack = request.replaceFirst("Contact: <[^>]*>", "Contact: <sip:2001@127.0.0.9:5066>");
    SipMessage refusal = phone.exchange(hijack);
    assertEquals(401, refusal.status());
    assertFalse(node.shell("latchkey:phones --json").contains("127.0.0.9:5066"));
  }

  @Test
  public void theSameCountAgainIsStaleNotWrong() throws Exception {
    SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
    String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
    assertEquals(200, phone.exchange(phone.registerRequest(Optional.of(answer))).status());
    SipMessage again = phone.exchange(phone.registerRequest(Optional.of(answer)));
    assertEquals(401, again.status());
    assertTrue(again.toString(), again.require("WWW-Authenticate").contains("stale=true"));
  }

  @Test
  public void brokenCredentialsAreRefused() throws Exception {
    for (String broken :
        new String[] {
          "no qop", "no cnonce", "short digest", "long digest", "foreign realm", "two"
        }) {
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      String good = phone.answerTo(challenge, "REGISTER", phone.registerUri());
      String request = phone.registerRequest(Optional.of(broken(broken, good)));
      assertEquals(broken, 401, phone.exchange(request).status());
    }
    assertEquals(200, phone.register().status());
  }

  @Test
  public void aFromThatIsNotTheCallersIsRefused() throws Exception {
    assertEquals(200, phone.register().status());
    String call = ScriptedPhone.unique("spoof");
    String uri = "sip:2002@" + phone.domain();
    String spoofed =
        phone.invite(uri, call, Optional.empty()).replace("From: <sip:2001@", "From: <sip:2002@");
    SipMessage challenge = phone.exchange(spoofed);
    assertEquals(407, challenge.status());
    String answer = phone.answerTo(challenge, "INVITE", uri);
    String second =
        phone
            .invite(uri, call, Optional.of(answer))
            .replace("From: <sip:2001@", "From: <sip:2002@");
    assertEquals(407, phone.exchange(second).status());
  }

  private static String broken(String how, String good) {
    return switch (how) {
      case "no qop" -> good.replace(", qop=auth", "");
      case "no cnonce" -> good.replaceFirst(", cnonce=\"[^\"]*\"", "");
      case "short digest" -> good.replaceFirst("response=\"..", "response=\"");
      case "long digest" -> good.replaceFirst("response=\"", "response=\"00");
      case "foreign realm" -> good.replaceFirst("realm=\"[^\"]*\"", "realm=\"elsewhere\"");
      default -> good + "\r\nAuthorization: " + good;
    };
  }

  private static char other(char c) {
    return c == '0' ? '1' : '0';
  }
}
