package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.https.internal.TestIdentities.Holder;

/** Another listener for PBXs takes whom the PBX door takes, and shows what it shows. */
public class OtherListenersTest {

  private static final String HELLO =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello";

  private final AtomicInteger refused = new AtomicInteger();

  @Rule public final TestSite site = new TestSite();

  @Test
  public void itTakesThoseWhoseAuthorityTheDoorKnowsAndNobodyElse() throws Exception {
    Holder authority = TestIdentities.authority("PBX authority");
    Holder pbx = TestIdentities.client(authority, "pbx1");
    Holder stranger = TestIdentities.client(TestIdentities.authority("Somebody"), "pbx1");
    site.with(usual -> usual.trusting(usual.base().resolve("pbx.pem")));
    site.write("pbx.pem", authority.certificateFile());
    site.open();
    try (SSLServerSocket server =
        (SSLServerSocket)
            site.doors()
                .tls()
                .orElseThrow()
                .getServerSocketFactory()
                .createServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      server.setNeedClientAuth(true);
      Thread listener = new Thread(() -> greet(server), "listener");
      listener.setDaemon(true);
      listener.start();
      InetSocketAddress at = (InetSocketAddress) server.getLocalSocketAddress();
      assertThrows(
          IOException.class,
          () -> Caller.showing(at, stranger.key(), stranger.chain(), "TLSv1.2").get("/"));
      assertThrows(IOException.class, () -> Caller.at(at).get("/"));
      try (Caller caller = Caller.showing(at, pbx.key(), pbx.chain(), "TLSv1.3");
          Caller door = Caller.showing(site.pbx(), pbx.key(), pbx.chain(), "TLSv1.3")) {
        assertEquals(2, refused.get());
        assertEquals("hello", caller.get("/").body());
        assertEquals(door.serverCertificate(), caller.serverCertificate());
      }
    }
  }

  private void greet(SSLServerSocket server) {
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        socket.startHandshake();
        if (socket.getInputStream().read() >= 0) {
          socket.getOutputStream().write(HELLO.getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        refused.incrementAndGet();
      }
    }
  }
}
