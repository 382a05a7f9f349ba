package org.latchkey.pbx.http.internal.freeswitch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.pbx.http.internal.freeswitch.TestSite.HA1;
import static org.latchkey.pbx.http.internal.freeswitch.TestSite.KEY;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Secret;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.RejectionReason;
import org.w3c.dom.Document;

/** FreeSWITCH looks for the user of a digest. */
public class DirectoryTest {

  private static final String NOT_FOUND =
      "<section name=\"result\"><result status=\"not found\"/></section>";

  private final TestSite site = new TestSite();
  private final List<String> asked = new ArrayList<>();

  @Test
  public void theUserOfAKeyHasItsHa1AndWhatTheDialplanNeeds() throws Exception {
    known();
    Document document = TestSite.read(site.ask(Recorded.register()));
    assertEquals("freeswitch/xml", document.getDocumentElement().getAttribute("type"));
    assertEquals("latchkey", TestSite.elements(document, "domain").get(0).getAttribute("name"));
    assertEquals(KEY, TestSite.elements(document, "user").get(0).getAttribute("id"));
    assertEquals(Map.of("a1-hash", HA1), pairs(document, "param"));
    assertEquals(
        Map.of("user_context", "latchkey", "latchkey_key", KEY, "latchkey_aor", "1001@pbx.test"),
        pairs(document, "variable"));
    assertEquals(List.of(KEY + " 1001@pbx.test latchkey MD5"), asked);
  }

  @Test
  public void noAnswerIsEverKept() {
    known();
    assertFalse(text(Recorded.register()).contains("cacheable"));
  }

  @Test
  public void theHa1IsForTheAorThatIsRegisteredOrThatCalls() {
    known();
    Map<String, String> register = Recorded.register();
    register.put("sip_to_user", "1002");
    text(register);
    text(Recorded.invite());
    Map<String, String> invite = Recorded.invite();
    invite.put("sip_from_user", "1003");
    invite.put("sip_from_host", "TWO.test");
    text(invite);
    assertEquals(
        List.of(
            KEY + " 1002@pbx.test latchkey MD5",
            KEY + " 1001@pbx.test latchkey MD5",
            KEY + " 1003@two.test latchkey MD5"),
        asked);
  }

  @Test
  public void aRealmOrDomainOfThePhonesOwnFindsNothing() {
    known();
    for (String field : List.of("sip_auth_realm", "sip_to_host")) {
      Map<String, String> register = Recorded.register();
      register.put(field, "attacker.example");
      assertTrue(field, text(register).contains(NOT_FOUND));
    }
    Map<String, String> register = Recorded.register();
    register.put("domain", "attacker.example");
    register.put("key_value", "attacker.example");
    assertTrue(text(register).contains(NOT_FOUND));
    assertEquals(List.of(), asked);
    assertEquals(RejectionReason.FOREIGN_REALM.words(), site.journal.get(0).words());
    assertEquals("192.0.2.1", site.journal.get(0).source());
  }

  @Test
  public void aRealmThatAddsAFieldIsNotRead() {
    known();
    String body =
        TestSite.encoded(Recorded.register())
            .replace("key_value=latchkey", "key_value=latchkey&sip_to_user=1002");
    assertEquals(400, site.ask(body.getBytes(StandardCharsets.UTF_8)).status());
    assertEquals(List.of(), asked);
  }

  @Test
  public void whoHasNoKeyIsLookedForInFreeSwitchsOwnFiles() {
    known();
    for (String user : List.of("1001", "nobody", "k", KEY.toUpperCase(java.util.Locale.ROOT))) {
      Map<String, String> register = Recorded.register();
      register.put("user", user);
      register.put("sip_auth_username", user);
      assertTrue(user, text(register).contains(NOT_FOUND));
    }
    assertEquals(List.of(), site.journal);
  }

  @Test
  public void whatIsNoDigestFindsNothing() {
    known();
    for (String action : List.of("reverse-auth-lookup", "user_call", "group_call", "")) {
      Map<String, String> register = Recorded.register();
      register.put("action", action);
      assertTrue(action, text(register).contains(NOT_FOUND));
    }
    for (String section : List.of("configuration", "phrases", "result", "")) {
      Map<String, String> register = Recorded.register();
      register.put("section", section);
      assertTrue(section, text(register).contains(NOT_FOUND));
    }
    Map<String, String> purpose = Recorded.register();
    purpose.put("key", "number-alias");
    assertTrue(text(purpose).contains(NOT_FOUND));
    assertEquals(List.of(), asked);
  }

  @Test
  public void aUserWithoutAnHa1IsNeverFound() {
    for (Ha1Answer answer :
        List.of(
            new Ha1Answer.NoSuchKey(RejectionReason.REVOKED),
            new Ha1Answer.Unavailable("no key agent"),
            new Ha1Answer.Found(Secret.ofText("")),
            new Ha1Answer.Found(Secret.ofText(HA1 + HA1)))) {
      site.ha1Source = Optional.of((k, a, r, g) -> answer);
      assertFalse(text(Recorded.register()).contains("<user "));
    }
    site.ha1Source =
        Optional.of(
            (k, a, r, g) -> {
              throw new IllegalStateException("broken");
            });
    assertEquals(503, site.ask(Recorded.register()).status());
    site.ha1Source = Optional.empty();
    assertEquals(503, site.ask(Recorded.register()).status());
    assertEquals(RejectionReason.REVOKED.words(), site.journal.get(0).words());
  }

  @Test
  public void aUserNameThatFreeSwitchWouldExpandIsNotAnswered() {
    known();
    for (String user :
        List.of(
            "$${default_password}", "${system(id)}", "10 01", "10\"01", "10<01", "10%3101", "")) {
      Map<String, String> register = Recorded.register();
      register.put("sip_to_user", user);
      assertTrue(user, text(register).contains(NOT_FOUND));
    }
    assertEquals(List.of(), asked);
  }

  @Test
  public void withSha256TheHa1IsOfThatAlgorithm() throws Exception {
    TestSite other = new TestSite(DigestAlgorithm.SHA_256);
    other.ha1Source =
        Optional.of(
            (k, a, r, algorithm) -> {
              assertEquals(DigestAlgorithm.SHA_256, algorithm);
              return new Ha1Answer.Found(Secret.ofText(HA1 + HA1));
            });
    assertEquals(
        Map.of("a1-hash", HA1 + HA1),
        pairs(TestSite.read(other.ask(Recorded.register())), "param"));
  }

  @Test
  public void whoHasNoCertificateOfAPbxFindsNothing() {
    known();
    for (String certificate :
        List.of(
            "",
            "/org/latchkey/pbx/http/internal/somebody.pem",
            "/org/latchkey/pbx/http/internal/asterisk.pem")) {
      site.certificate = certificate;
      assertEquals(404, site.ask(Recorded.register()).status());
    }
  }

  private void known() {
    site.ha1Source =
        Optional.of(
            (key, aor, realm, algorithm) -> {
              asked.add(key + " " + aor + " " + realm + " " + algorithm.token());
              return new Ha1Answer.Found(Secret.ofText(HA1));
            });
  }

  private String text(Map<String, String> fields) {
    DoorAnswer answer = site.ask(fields);
    return TestSite.text(answer);
  }

  private static Map<String, String> pairs(Document document, String element) {
    Map<String, String> pairs = new java.util.HashMap<>();
    TestSite.elements(document, element)
        .forEach(one -> pairs.put(one.getAttribute("name"), one.getAttribute("value")));
    return pairs;
  }
}
