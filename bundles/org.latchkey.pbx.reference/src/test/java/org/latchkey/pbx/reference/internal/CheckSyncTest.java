package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Secret;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** Phones that are told to fetch their configuration, and ask who tells them. */
public class CheckSyncTest {

  private static final String EVENT = "check-sync;reboot=false";
  private static final String CHALLENGE =
      "Digest realm=\"latchkey\", nonce=\"n1\", opaque=\"o1\", qop=\"auth\", algorithm=";
  private static final long A_WHILE_MILLIS = 300;

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aPhoneThatChallengesHearsItOnceMoreWithTheDigestOfItsOwnKey() throws IOException {
    try (TestPhone phone = TestPhone.tcp("1001", rig).registered()) {
      for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
        for (int status : List.of(401, 407)) {
          SipMessage first = told(phone);
          challenge(phone, first, status, CHALLENGE + algorithm.token());
          SipMessage again = phone.nextRequest("NOTIFY");
          String field = status == 401 ? "Authorization" : "Proxy-Authorization";
          Map<String, String> p = Digests.parameters(again.header(field).orElseThrow());
          assertEquals(
              Digests.response(algorithm, p, KeyedAuthenticator.secretOf("1001"), "NOTIFY"),
              p.get("response"));
          assertEquals(
              "k1001 latchkey n1 o1 auth 00000001 " + phone.contact() + ' ' + algorithm.token(),
              String.join(
                  " ",
                  p.get("username"),
                  p.get("realm"),
                  p.get("nonce"),
                  p.get("opaque"),
                  p.get("qop"),
                  p.get("nc"),
                  p.get("uri"),
                  p.get("algorithm")));
          assertEquals(EVENT, again.header("Event").orElseThrow());
          assertEquals(first.callId(), again.callId());
          assertEquals(first.header("To"), again.header("To"));
          assertEquals(first.cseq() + 1, again.cseq());
          assertFalse(first.header("Via").equals(again.header("Via")));
          phone.send(phone.answer(again, 200).build());
        }
      }
    }
    assertEquals(4, rig.services.testHa1s.given.size());
    for (Secret ha1 : rig.services.testHa1s.given) {
      assertThrows("wiped", IllegalStateException.class, ha1::copy);
    }
  }

  @Test
  public void anOldPhoneWhoseChallengeKnowsNoQopHearsAnAnswerItCanRead() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig).registered()) {
      challenge(phone, told(phone), 401, "Digest realm=\"latchkey\",nonce=\"n1\"");
      SipMessage again = phone.nextRequest("NOTIFY");
      String value = again.header("Authorization").orElseThrow();
      DigestAlgorithm md5 = DigestAlgorithm.MD5;
      String ha1 = Digests.hash(md5, "k1001:latchkey:" + KeyedAuthenticator.secretOf("1001"));
      String ha2 = Digests.hash(md5, "NOTIFY:" + phone.contact());
      assertEquals(
          "Digest username=\"k1001\", realm=\"latchkey\", nonce=\"n1\", uri=\"%s\", response=\"%s\""
              .formatted(phone.contact(), Digests.hash(md5, ha1 + ":n1:" + ha2)),
          value);
    }
  }

  @Test
  public void ofSeveralChallengesTheFirstThatCanBeAnsweredIs() throws IOException {
    try (TestPhone phone = TestPhone.tcp("1001", rig).registered()) {
      SipMessage notify = told(phone);
      phone.send(
          phone
              .answer(notify, 401)
              .add("WWW-Authenticate", "Bearer realm=\"latchkey\"")
              .add("WWW-Authenticate", CHALLENGE + "SHA-512-256")
              .add("WWW-Authenticate", CHALLENGE + "SHA-256")
              .add("WWW-Authenticate", CHALLENGE + "MD5")
              .build());
      String value = phone.nextRequest("NOTIFY").header("Authorization").orElseThrow();
      assertEquals("SHA-256", Digests.parameters(value).get("algorithm"));
    }
  }

  @Test
  public void aSecondChallengeIsNotAnswered() throws IOException {
    try (TestPhone phone = TestPhone.tcp("1001", rig).registered()) {
      challenge(phone, told(phone), 401, CHALLENGE + "MD5");
      challenge(phone, phone.nextRequest("NOTIFY"), 401, CHALLENGE + "MD5");
      assertEquals(Optional.empty(), phone.within(A_WHILE_MILLIS));
    }
  }

  @Test
  public void noDigestIsGivenForAnotherRealmOrMethod() throws IOException {
    try (TestPhone phone = TestPhone.tcp("1001", rig).registered()) {
      for (String value :
          List.of(
              CHALLENGE.replace("latchkey", "elsewhere") + "MD5",
              CHALLENGE.replace("latchkey", "Latchkey") + "MD5",
              CHALLENGE + "MD5-sess",
              CHALLENGE + "MD5, realm=\"elsewhere\"",
              "Basic realm=\"latchkey\"",
              "Digest realm=\"latchkey\", nonce=\"n\", qop=\"auth-int\"")) {
        challenge(phone, told(phone), 401, value);
        assertEquals(value, Optional.empty(), phone.within(A_WHILE_MILLIS));
      }
    }
    assertTrue(rig.services.testHa1s.given.isEmpty());
  }

  @Test
  public void noDigestIsGivenToAnotherPortOfThePhonesAddress() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig).registered();
        TestPhone other = TestPhone.udp("1001", rig)) {
      SipMessage notify = told(phone);
      challenge(other, notify, 401, CHALLENGE + "MD5");
      assertEquals(Optional.empty(), other.within(A_WHILE_MILLIS));
      assertTrue(
          "not even a resend with credentials",
          phone.within(A_WHILE_MILLIS).flatMap(m -> m.header("Authorization")).isEmpty());
    }
    assertTrue(rig.services.testHa1s.given.isEmpty());
  }

  @Test
  public void noDigestIsGivenOfARevokedKeyOrWithoutAnAuthenticator() throws IOException {
    try (TestPhone phone = TestPhone.tcp("1001", rig).registered()) {
      SipMessage before = told(phone);
      rig.services.revoked.add("k1001");
      challenge(phone, before, 401, CHALLENGE + "MD5");
      assertEquals(Optional.empty(), phone.within(A_WHILE_MILLIS));
      rig.services.revoked.clear();
      rig.services.ha1s = Optional.empty();
      challenge(phone, told(phone), 401, CHALLENGE + "MD5");
      assertEquals(Optional.empty(), phone.within(A_WHILE_MILLIS));
    }
  }

  @Test
  public void anEventThatWouldBeAHeaderOfItsOwnIsRefused() throws IOException {
    try (TestPhone phone = TestPhone.tcp("1001", rig).registered()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> rig.pbx.checkSync("k1001", "check-sync\r\nTo: <sip:x@y>"));
      assertEquals(Optional.empty(), phone.within(A_WHILE_MILLIS));
    }
  }

  private SipMessage told(TestPhone phone) {
    assertEquals(1, rig.pbx.checkSync("k1001", EVENT));
    SipMessage notify = phone.nextRequest("NOTIFY");
    assertTrue(notify.header("Authorization").isEmpty());
    return notify;
  }

  private static void challenge(TestPhone phone, SipMessage notify, int status, String value) {
    String field = status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
    phone.send(phone.answer(notify, status).add(field, value).build());
  }
}
