package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipWire;

/** A device gets the same key however often it has to ask, and nobody else gets one. */
public final class EnrolmentIT {

  private static LatchkeyNode node;
  private static Door door;

  @BeforeClass
  public static void start() throws IOException {
    node = SharedNode.node();
    door = Door.of(node);
  }

  @Test
  public void anAnswerCutOffAtAnyByteIsGivenAgain() throws Exception {
    String code = ProvisionedKey.code(node.shell("latchkey:enrol 2301"));
    String body = "{\"device\":\"80:5e:c0:00:23:01\",\"code\":\"" + code + "\"}";
    int length = rawLength(body);
    for (int cut = 0; cut < length; cut++) {
      readOnly(body, cut);
    }
    Set<String> keys = new HashSet<>();
    for (int fetch = 0; fetch < 10; fetch++) {
      ProvisionedKey key =
          ProvisionedKey.of(door.ask(Map.of("device", "805EC0002301", "code", code)));
      keys.add(key.credentials().keyIdentifier() + key.credentials().secret());
    }
    assertEquals(1, keys.size());
    String list = node.shell("latchkey:phones --json");
    assertEquals("one key for 2301", 2, list.split("2301@", -1).length);
  }

  @Test
  public void aCodeEndsWhenItsKeyHasRegisteredAndTheLoginGoesOn() throws Exception {
    String code = ProvisionedKey.code(node.shell("latchkey:enrol 2302"));
    ProvisionedKey key = ProvisionedKey.of(door.ask(Map.of("code", code)));
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      assertEquals(200, new ScriptedPhone(wire, key).register().status());
    }
    org.latchkey.itests.fixture.Await.until(
        "the code has ended",
        java.time.Duration.ofSeconds(10),
        () -> door.ask(Map.of("code", code)).statusCode() == 404);
    ProvisionedKey again =
        ProvisionedKey.of(
            door.askAgain(key.credentials().keyIdentifier(), key.provisioningPassword()));
    assertEquals(key.credentials(), again.credentials());
  }

  @Test
  public void whoeverHasNoBusinessHereLearnsNothing() throws Exception {
    HttpResponse<String> wrong = door.ask(Map.of("code", "0123456789abcdef"));
    HttpResponse<String> none = door.ask(Map.of("device", "805ec0002303"));
    HttpResponse<String> login = door.askAgain("k".repeat(32), "0".repeat(26));
    assertEquals(404, wrong.statusCode());
    assertEquals(wrong.body(), none.body());
    assertEquals(wrong.body(), login.body());
    assertEquals(404, door.get("/provision/linphone/0123456789abcdef.xml").statusCode());
    assertEquals(404, door.get("/provision/../v1/keys").statusCode());
  }

  @Test
  public void anotherExtensionMeansAnotherKeyByTheOldLogin() throws Exception {
    ProvisionedKey old = ProvisionedKey.enrolled(node, "2304");
    node.shell("latchkey:assign " + old.credentials().keyIdentifier() + " 2305");
    ProvisionedKey moved =
        ProvisionedKey.of(
            door.askAgain(old.credentials().keyIdentifier(), old.provisioningPassword()));
    assertEquals("2305@localhost", moved.aor());
    assertNotEquals(old.credentials().keyIdentifier(), moved.credentials().keyIdentifier());
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      assertEquals(401, new ScriptedPhone(wire, old).register().status());
      assertEquals(200, new ScriptedPhone(wire, moved).register().status());
    }
  }

  private int rawLength(String body) throws IOException {
    try (SSLSocket socket = post(body)) {
      return socket.getInputStream().readAllBytes().length;
    }
  }

  private void readOnly(String body, int bytes) throws IOException {
    try (SSLSocket socket = post(body)) {
      InputStream in = socket.getInputStream();
      assertTrue(in.readNBytes(bytes).length <= bytes);
      socket.setSoLinger(true, 0);
    }
  }

  private SSLSocket post(String body) throws IOException {
    SSLSocket socket =
        (SSLSocket) door.trust().getSocketFactory().createSocket("localhost", node.port("https"));
    String request =
        "POST /v1/keys HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }
}
