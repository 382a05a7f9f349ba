package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.door.Door;
import org.latchkey.https.internal.Caller.Answer;
import org.latchkey.https.internal.TestIdentities.Holder;
import org.latchkey.https.internal.connection.TlsEngine;
import org.latchkey.key.Secret;

/** PBXs with bearer tokens at the door, beside those with certificates. */
public class BearerDoorTest {

  @Rule public final TestSite site = new TestSite();
  private Holder pbx;

  @Before
  public void aSiteWithPbxs() throws Exception {
    Holder authority = TestIdentities.authority("PBX authority");
    pbx = TestIdentities.client(authority, "pbx1");
    site.with(usual -> usual.trusting(usual.base().resolve("pbx.pem")));
    site.write("pbx.pem", authority.certificateFile());
  }

  private void open() {
    site.open()
        .serving(
            new TestResource(
                Door.PBX, "/who", request -> TestResource.text("[" + request.tokenName() + "]")))
        .serving(TestResource.at("/phones", request -> TestResource.text(request.tokenName())));
  }

  private String token(String name) {
    try (Secret secret = site.tokens().make(name, "anna")) {
      return new String(secret.copy(), StandardCharsets.US_ASCII);
    } finally {
      site.look();
    }
  }

  private static String get(String path, String token) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
        .formatted(path, token);
  }

  @Test
  public void withoutTokensACertificateIsDemandedInTheHandshake() {
    open();
    assertThrows(IOException.class, () -> Caller.at(site.pbx()).get("/who"));
  }

  @Test
  public void aTokenOpensTheDoorAndTheResourceHearsWhose() throws Exception {
    open();
    String token = token("our PBX");
    try (Caller caller = Caller.at(site.pbx())) {
      assertEquals("[our PBX]", caller.send(get("/who", token)).answer().body());
    }
  }

  @Test
  public void theNativeEngineTakesThemToo() throws Exception {
    site.with(usual -> usual.trusting(usual.base().resolve("pbx.pem")).speaking(TlsEngine.AUTO));
    open();
    String token = token("our PBX");
    try (Caller caller = Caller.at(site.pbx());
        Caller other = Caller.showing(site.pbx(), pbx.key(), pbx.chain(), "TLSv1.3")) {
      assertEquals("[our PBX]", caller.send(get("/who", token)).answer().body());
      assertEquals("[]", other.get("/who").body());
    }
    assertAStrangerIsNotServed();
  }

  @Test
  public void whoHasNoneHearsTheSameEverywhere() throws Exception {
    open();
    token("our PBX");
    Answer first = heard("GET /who HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertEquals(401, first.status());
    assertTrue(first.header("www-authenticate").startsWith("Bearer"));
    assertSame(first, heard("GET /nobody HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assertSame(first, heard(get("/who", "0".repeat(52))));
  }

  /** What a stranger hears; then the door ends his connection. */
  private Answer heard(String request) throws Exception {
    try (Caller caller = Caller.at(site.pbx())) {
      Answer answer = caller.send(request).answer();
      assertTrue("he keeps no place", caller.isCutOff());
      return answer;
    }
  }

  @Test
  public void eachRequestOfAConnectionIsJudgedByItself() throws Exception {
    open();
    String token = token("our PBX");
    String other = token("another");
    try (Caller caller = Caller.at(site.pbx())) {
      caller.send(get("/who", token) + get("/who", other) + get("/who", token));
      assertEquals("[our PBX]", caller.answer().body());
      assertEquals("[another]", caller.answer().body());
      assertEquals("[our PBX]", caller.answer().body());
      assertEquals("nothing is left of it", 401, caller.get("/who").status());
    }
    try (Caller caller = Caller.at(site.pbx());
        Caller second = Caller.at(site.pbx())) {
      assertEquals("[our PBX]", caller.send(get("/who", token)).answer().body());
      site.tokens().revoke("our PBX", "anna");
      assertEquals(401, caller.send(get("/who", token)).answer().status());
      assertEquals("[another]", second.send(get("/who", other)).answer().body());
    }
  }

  @Test
  public void aCertificateGoesOnBesideThemAndCountsAlone() throws Exception {
    open();
    String token = token("our PBX");
    try (Caller caller = Caller.showing(site.pbx(), pbx.key(), pbx.chain(), "TLSv1.3")) {
      assertEquals("[]", caller.get("/who").body());
      assertEquals("[]", caller.send(get("/who", token)).answer().body());
    }
    assertAStrangerIsNotServed();
  }

  /** A peer may keep a certificate back that the door would not take; or the handshake ends. */
  private void assertAStrangerIsNotServed() throws Exception {
    Holder stranger = TestIdentities.client(TestIdentities.authority("Somebody"), "pbx1");
    for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
      try (Caller caller = Caller.showing(site.pbx(), stranger.key(), stranger.chain(), protocol)) {
        assertEquals(401, caller.get("/who").status());
      } catch (IOException handshakeEnded) {
        assertFalse(handshakeEnded.toString().isEmpty());
      }
    }
  }

  @Test
  public void whoIsRefusedIsToldOfByNameAndNeverByHisToken() throws Exception {
    open();
    String old = token("old PBX");
    String good = token("our PBX");
    site.tokens().revoke("old PBX", "anna");
    heard(get("/who", old));
    assertTold("127.0.0.1 showed the bearer token 'old PBX', which is not good any more", old);
    heard(get("/who", good.substring(1)));
    assertTold("127.0.0.1 showed an unknown bearer token", good);
    heard("GET /who HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertTold("since its start: 2, the last since 127.0.0.1 showed neither certificate", good);
    try (Caller caller = Caller.at(site.pbx())) {
      assertEquals("[our PBX]", caller.send(get("/who", good)).answer().body());
    }
  }

  private void assertTold(String words, String token) {
    assertTrue(site.status(), site.status().contains(words));
    assertFalse(site.status(), site.status().contains(token.substring(1, 9)));
  }

  @Test
  public void atThePhonesDoorATokenMeansNothing() throws Exception {
    open();
    String token = token("our PBX");
    try (Caller caller = Caller.at(site.phones())) {
      assertEquals(404, caller.send(get("/who", token)).answer().status());
      assertEquals("", caller.send(get("/phones", token)).answer().body());
    }
  }

  @Test
  public void withTheLastTokenTheHandshakeDemandsACertificateAgain() throws Exception {
    open();
    token("our PBX");
    site.tokens().revoke("our PBX", "anna");
    site.look();
    assertThrows(IOException.class, () -> Caller.at(site.pbx()).get("/who"));
    site.close();
    site.open();
    assertThrows(IOException.class, () -> Caller.at(site.pbx()).get("/who"));
  }

  @Test
  public void aTokenOutlastsARestart() throws Exception {
    open();
    String token = token("our PBX");
    site.close();
    open();
    try (Caller caller = Caller.at(site.pbx())) {
      assertEquals("[our PBX]", caller.send(get("/who", token)).answer().body());
      assertFalse(site.status(), site.status().contains(token));
    }
  }

  private static void assertSame(Answer first, Answer other) {
    assertEquals(first.status(), other.status());
    assertEquals(first.body(), other.body());
    assertEquals(withoutDate(first), withoutDate(other));
  }

  private static Map<String, String> withoutDate(Answer answer) {
    Map<String, String> headers = new java.util.TreeMap<>(answer.headers());
    headers.remove("date");
    return headers;
  }
}
