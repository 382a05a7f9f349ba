package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorResource;
import org.latchkey.https.internal.connection.Deadlines;
import org.latchkey.key.Secret;

/** The listener without TLS: what is behind it, and what is not. */
public class BootstrapListenerTest {

  private static final int PATIENCE_MILLIS = 15_000;

  @Rule public final TestSite site = new TestSite();
  private final BlockingQueue<DoorRequest> heard = new LinkedBlockingQueue<>();

  @Test
  public void isNotThereUnlessItIsWanted() {
    site.open();
    assertEquals(2, site.doors().openPorts().size());
    assertEquals(Optional.empty(), site.doors().bootstrap());
    assertFalse(site.status(), site.status().contains("without TLS"));
  }

  @Test
  public void servesWhatIsMeantForItAndNothingOfTheDoors() throws IOException {
    open(TestSite.PATIENT);
    site.serving(resource(Door.PHONES, "/provision/")).serving(resource(Door.PBX, "/v1/"));
    site.serving(resource(Door.BOOTSTRAP, "/ca.pem"));
    assertTrue(ask("GET /ca.pem HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 200 OK\r\n"));
    for (String path : List.of("/provision/", "/provision/x.cfg", "/v1/", "/", "/ca.pem/../v1/")) {
      String answer = ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertTrue(path + answer, answer.startsWith("HTTP/1.1 404 "));
      assertFalse(answer, answer.toLowerCase(Locale.ROOT).contains("set-cookie"));
    }
  }

  @Test
  public void whatCouldBeASecretReachesNobody() throws Exception {
    open(TestSite.PATIENT);
    site.serving(resource(Door.BOOTSTRAP, "/"));
    ask(
        String.join(
            "\r\n",
            "GET /y000000000096.cfg?code=secret HTTP/1.1",
            "Host: x",
            "User-Agent: Yealink",
            "Authorization: Basic c2VjcmV0",
            "Cookie: secret",
            "",
            ""));
    DoorRequest request = heard.take();
    assertEquals("", request.query());
    assertEquals(1, request.headers().size());
    assertEquals("Yealink", request.header("User-Agent").orElseThrow());
  }

  @Test
  public void whoSaysNothingOrTooMuchIsGone() throws IOException {
    Duration usual = TestSite.PATIENT.header();
    open(new Deadlines(usual, Duration.ofMillis(300), usual, usual, usual, usual));
    try (Socket silent = connect()) {
      assertEquals(-1, silent.getInputStream().read());
    }
    String answer = ask("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    assertTrue(answer, answer.startsWith("HTTP/1.1 414 "));
  }

  @Test
  public void theStatusWarnsOfWhoIsBetween() {
    open(TestSite.PATIENT);
    String warning =
        site.status().lines().filter(line -> line.contains("bootstrap")).findFirst().orElseThrow();
    assertTrue(warning, warning.startsWith("WARNING: The bootstrap listener is open on 127.0.0.1"));
    assertTrue(warning, warning.contains("can name an authority and a server of his own"));
    assertTrue(warning, warning.contains("bootstrapPort = 0"));
    URI address = site.doors().bootstrap().orElseThrow();
    assertEquals("http://localhost:" + port() + '/', address.toString());
  }

  private void open(Deadlines deadlines) {
    site.withBootstrap(deadlines).open();
  }

  private int port() {
    return site.doors().openPorts().get(2);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** One request; the answer up to the end of the connection or of what it says it has. */
  private String ask(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private DoorResource resource(Door door, String path) {
    return new DoorResource() {
      @Override
      public Door door() {
        return door;
      }

      @Override
      public String path() {
        return path;
      }

      @Override
      public DoorAnswer answer(DoorRequest request) {
        heard.add(request);
        return DoorAnswer.of(200, "text/plain", Secret.ofText("hello\n"));
      }
    };
  }
}
