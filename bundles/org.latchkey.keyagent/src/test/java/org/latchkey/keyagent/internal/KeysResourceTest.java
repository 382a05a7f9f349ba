package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.Secret;

public class KeysResourceTest {

  private static final String MAC = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private KeysResource resource;

  @Before
  public void aDoor() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    resource = new KeysResource(site.issuer);
  }

  @Test
  public void aProgramGetsEverythingThatItsPhoneNeeds() throws Exception {
    String code = code("\u00e4\"1");
    DoorAnswer answer = post("{\"code\":\"" + code + "\",\"device\":\"80:5E:C0:00:00:01\"}");
    assertEquals(200, answer.status());
    assertEquals("application/json", answer.contentType());
    Map<String, String> fields = fields(text(answer.body()));
    KeyRecord key = site.store.keys().get(0);
    assertEquals(key.keyIdentifier(), fields.get("keyIdentifier"));
    assertTrue(fields.get("secret").matches("[0-9a-z]{26}"));
    assertEquals("1001@localhost", fields.get("aor"));
    assertEquals("latchkey", fields.get("realm"));
    assertEquals("MD5", fields.get("algorithm"));
    assertEquals("localhost", fields.get("registrar.host"));
    assertEquals("5060", fields.get("registrar.port"));
    assertEquals("5061", fields.get("registrar.tlsPort"));
    assertEquals("5071", fields.get("registrar.tlsSha256Port"));
    assertEquals("\u00e4\"1", fields.get("displayName"));
    assertEquals(key.keyIdentifier(), fields.get("provisioning.user"));
    assertEquals(Optional.of(MAC), key.device());

    String login = key.keyIdentifier() + ":" + fields.get("provisioning.password");
    DoorAnswer again = post("", "Basic " + base64(login));
    assertEquals(fields, fields(text(again.body())));
    assertEquals(404, post("{}", "Basic " + base64(login + "x")).status());
  }

  @Test
  public void aProgramMayAskForSha256AndTheShortForm() throws Exception {
    DoorAnswer answer =
        post(
            "{\"code\":\""
                + code("x")
                + "\",\"algorithm\":\"SHA-256\",\"form\":\"short\",\"line\":1}");
    Map<String, String> fields = fields(text(answer.body()));
    assertEquals("SHA-256", fields.get("algorithm"));
    assertEquals(20, fields.get("keyIdentifier").length());
  }

  @Test
  public void everyRefusalIsTheSameDocument() {
    String code = code("x");
    String first = refusal("{}");
    assertEquals(first, refusal("{\"code\":\"0123456789abcdef\"}"));
    assertEquals(first, refusal("{\"code\":\"12345678\",\"device\":\"" + MAC + "\"}"));
    assertEquals(first, refusal("{\"code\":\"" + code + "\",\"device\":\"<x>\"}"));
    assertEquals(first, refusal("{\"code\":\"" + code + "\",\"line\":2}"));
    post("{\"code\":\"" + code + "\"}");
    assertEquals(first, refusal("{\"code\":\"" + code + "\",\"device\":\"" + MAC + "\"}"));
    site.parts.registrations().note(site.store.keys().get(0).keyIdentifier(), site.now());
    assertEquals(first, refusal("{\"code\":\"" + code + "\"}"));
    assertTrue(
        first, first.startsWith("{\"type\":\"about:blank\",\"title\":\"No key\",\"status\":404"));
  }

  @Test
  public void whatIsNoRequestIsToldWhatWouldBeAndNeverEchoed() {
    for (String body :
        List.of(
            "[]",
            "x",
            "\"planted\"",
            "{\"planted\":1}",
            "{\"code\":1}",
            "{\"code\":null}",
            "{\"code\":{\"planted\":1}}",
            "{\"code\":\"planted\",\"code\":\"planted\"}",
            "{\"code\":\"planted\"",
            "{\"code\":\"planted\"} {}",
            "{\"line\":\"1\"}",
            "{\"line\":0}",
            "{\"line\":1.5}",
            "{\"line\":99999999999999999999}",
            "{\"algorithm\":\"planted\"}",
            "{\"form\":\"LONG\"}",
            "{\"device\":\"" + "p".repeat(300) + "\"}",
            "{\"a\":".repeat(2_000))) {
      DoorAnswer answer = post(body);
      assertEquals(body, 400, answer.status());
      assertEquals("application/problem+json", answer.contentType());
      assertFalse(text(answer.body()).contains("planted"));
    }
    assertTrue(site.diary.stream().noneMatch(line -> line.contains("issue")));
  }

  @Test
  public void whileNothingCanBeIssuedItIsToComeAgain() {
    site.storeIsAway(true);
    DoorAnswer answer = post("{}");
    assertEquals(503, answer.status());
    assertEquals("Retry-After", answer.headers().get(0).name());
    assertEquals("10", answer.headers().get(0).value());
    assertFalse(text(answer.body()).contains("store"));
  }

  @Test
  public void onlyAPostIsAnswered() {
    DoorAnswer answer =
        resource.answer(
            new DoorRequest(
                "GET", "/v1/keys", "", List.of(), Secret.ofText(""), source(), List.of()));
    assertEquals(405, answer.status());
    assertEquals("POST", answer.headers().get(0).value());
  }

  @Test
  public void anAuthorizationThatIsNoLoginIsNone() {
    for (String header :
        List.of("Bearer x", "Basic", "Basic !", "Basic " + base64("nocolon"), "")) {
      assertEquals(header, 404, post("{}", header).status());
    }
  }

  private String refusal(String body) {
    DoorAnswer answer = post(body);
    assertEquals(body, 404, answer.status());
    assertEquals("application/problem+json", answer.contentType());
    assertEquals(List.of(), answer.headers());
    return text(answer.body());
  }

  private String code(String displayName) {
    EnrolmentOrder order =
        new EnrolmentOrder(
            "1001",
            Optional.empty(),
            1,
            Optional.of(displayName),
            false,
            CodeKind.URL,
            Optional.empty());
    return text(site.desk.enrol(order, "anna").code().orElseThrow());
  }

  private DoorAnswer post(String body) {
    return post(body, "");
  }

  private DoorAnswer post(String body, String authorization) {
    return resource.answer(
        new DoorRequest(
            "POST",
            "/v1/keys",
            "",
            List.of(new DoorRequest.Header("authorization", authorization)),
            Secret.ofText(body),
            source(),
            List.of()));
  }

  private static InetSocketAddress source() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> fields(String json) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      String outer = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT && parser.currentName() != null) {
          outer = parser.currentName() + ".";
        } else if (token == JsonToken.END_OBJECT) {
          outer = "";
        } else if (token.isScalarValue()) {
          fields.put(outer + parser.currentName(), parser.getText());
        }
      }
    }
    return fields;
  }
}
