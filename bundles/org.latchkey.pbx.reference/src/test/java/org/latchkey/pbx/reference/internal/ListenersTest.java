package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.transport.Transport;

public class ListenersTest {

  private static final String TARGET = "sip:112@example.org";

  @Rule public TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void aTakenPortHoldsUpOnlyItsOwnListener() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket taken = new ServerSocket(0, 1, loopback);
        PbxRig rig = rig(taken.getLocalPort());
        TestPhone phone = TestPhone.udp("1001", rig)) {
      String problem = rig.pbx.listeners().problems().get(0);
      assertTrue(problem, problem.contains("tcp 127.0.0.1:" + taken.getLocalPort()));
      assertTrue(problem, problem.contains("in use"));
      assertEquals(200, phone.proved(phone.register(600).build()).status());
    }
  }

  @Test
  public void aTlsListenerSaysThatItWaitsForItsCertificate() {
    try (PbxRig rig = rig(0)) {
      assertTrue(
          rig.pbx.listeners().problems().stream()
              .anyMatch(p -> p.contains("waits for its certificate")));
      assertEquals(2, rig.pbx.listeners().descriptions().size());
    }
  }

  @Test
  public void aPhoneRegistersOverTlsWithSha256() throws Exception {
    certificate();
    try (PbxRig rig = rig(0)) {
      InetSocketAddress tls = rig.address(Transport.TLS, DigestAlgorithm.SHA_256);
      try (TestPhone phone = new TestPhone("1001", to -> Wires.stream(connect(tls), "TLS", to))) {
        SipMessage register = phone.register(600).build();
        phone.send(register);
        SipMessage challenge = phone.next();
        assertTrue(challenge.header("WWW-Authenticate").orElseThrow().contains("SHA-256"));
        phone.send(phone.answering(register, challenge, KeyedAuthenticator.secretOf("1001")));
        assertEquals(200, phone.next().status());
      }
    }
  }

  @Test
  public void aNewCertificateIsTakenWithoutARestart() throws Exception {
    certificate();
    try (PbxRig rig = rig(0)) {
      InetSocketAddress tls = rig.address(Transport.TLS, DigestAlgorithm.MD5);
      String before = serial(tls);
      certificate();
      rig.pbx.apply(rig.pbx.settings()).get(10, TimeUnit.SECONDS);
      assertFalse(before.equals(serial(tls)));
      Files.writeString(folder.getRoot().toPath().resolve("server.pem"), "no certificate");
      rig.pbx.apply(rig.pbx.settings()).get(10, TimeUnit.SECONDS);
      assertFalse("the last good one stays", serial(tls).isEmpty());
    }
  }

  @Test
  public void aStreamWithoutSenseIsClosed() throws IOException {
    try (PbxRig rig = rig(0);
        Socket socket = new Socket(rig.tcp().getAddress(), rig.tcp().getPort())) {
      socket.setSoTimeout(5_000);
      InputStream in = socket.getInputStream();
      socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertEquals("a keep-alive is answered", '\r', in.read());
      assertEquals('\n', in.read());
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertEquals(-1, in.read());
    }
  }

  @Test
  public void aStreamIsClosedWhenItIsNotSureWhereAMessageEnds() throws IOException {
    try (PbxRig rig = rig(0)) {
      for (String doubtful :
          new String[] {
            "A: 1\r\n".repeat(256) + "Content-Length: 40\r\n",
            "Content-Length: 0\r\n" + "A: 1\r\n".repeat(256) + "Content-Length: 40\r\n",
            "A: 1\r\n" + " 1\r\n".repeat(33) + "Content-Length: 40\r\n",
            "Content-Length: 40\u0001\r\n",
            "Content-Length: 0\r\nX: 1\nContent-Length: 40\r\n",
            "Content-Length: 0\r\nX: \nContent-Length: 40\r\n",
            "Content-Length: 0\r\nX: 1\r\n \nContent-Length: 40\r\n",
            "Content-Length\n: 40\r\n",
            "no colon\r\n"
          }) {
        try (Socket socket = new Socket(rig.tcp().getAddress(), rig.tcp().getPort())) {
          socket.setSoTimeout(20_000);
          String head = "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bKa\r\n";
          String inner = "OPTIONS sip:inner SIP/2.0\r\n\r\n";
          socket
              .getOutputStream()
              .write((head + doubtful + "\r\n" + inner).getBytes(StandardCharsets.ISO_8859_1));
          assertEquals(doubtful, -1, socket.getInputStream().read());
        }
      }
    }
  }

  @Test
  public void oneAddressHasAllItsConnectionsAndThenTheOldestIdleOneMakesWay() throws IOException {
    try (PbxRig rig = rig(0)) {
      Socket[] sockets = new Socket[51];
      for (int i = 0; i < sockets.length; i++) {
        sockets[i] = new Socket(rig.tcp().getAddress(), rig.tcp().getPort());
        sockets[i].setSoTimeout(20_000);
        sockets[i].getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        assertEquals('\r', sockets[i].getInputStream().read());
        assertEquals('\n', sockets[i].getInputStream().read());
      }
      assertEquals(-1, sockets[0].getInputStream().read());
      sockets[1].getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertEquals('\r', sockets[1].getInputStream().read());
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  public void closingLeavesNoThread() throws Exception {
    PbxRig rig = rig(0);
    try (TestPhone phone = TestPhone.tcp("1001", rig).registered()) {
      phone.send(phone.invite("sip:1002@example.org").build());
      assertEquals(480, phone.finalAnswer().status());
      rig.close();
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("latchkey-sip")) {
        thread.join(5_000);
        assertFalse(thread.getName(), thread.isAlive());
      }
    }
  }

  private PbxRig rig(int tcpPort) {
    Path root = folder.getRoot().toPath();
    return new PbxRig(
        0, tcpPort, 0, 0, root.resolve("server.pem"), root.resolve("server.key"), TARGET);
  }

  private void certificate() throws Exception {
    Path root = folder.getRoot().toPath();
    TestCertificate.write(root.resolve("server.pem"), root.resolve("server.key"));
  }

  private static SSLSocket connect(InetSocketAddress to) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustsAll()}, null);
      return (SSLSocket) context.getSocketFactory().createSocket(to.getAddress(), to.getPort());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String serial(InetSocketAddress to) throws IOException {
    try (SSLSocket socket = connect(to)) {
      Certificate leaf = socket.getSession().getPeerCertificates()[0];
      return ((X509Certificate) leaf).getSerialNumber().toString();
    }
  }

  /** Loopback only: what is tested is our side. */
  private static final class TrustsAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new AssertionError("no client here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      assertEquals(1, chain.length);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
