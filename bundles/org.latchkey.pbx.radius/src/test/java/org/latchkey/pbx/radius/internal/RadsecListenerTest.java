package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** RadSec: who shows a known certificate is answered, packet after packet; nobody else is. */
public class RadsecListenerTest {

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final int PATIENCE_MILLIS = 10_000;

  private static RadsecPeer server;
  private static RadsecPeer pbx;
  private static RadsecPeer stranger;

  /** What the port is secured with, and who is known, as a test has it. */
  private static volatile Supplier<Optional<SSLContext>> tls = () -> Optional.of(trust());

  private static volatile boolean known = true;

  private final RadsecListener listener = listener("pbx1", PATIENCE_MILLIS);

  @BeforeClass
  public static void certificates() throws Exception {
    server = RadsecPeer.named(FOLDER.getRoot().toPath(), "latchkey");
    pbx = RadsecPeer.named(FOLDER.getRoot().toPath(), "pbx1");
    stranger = RadsecPeer.named(FOLDER.getRoot().toPath(), "stranger");
  }

  @After
  public void end() {
    listener.close();
  }

  private static RadsecListener listener(String name, long handshakeMillis) {
    return new RadsecListener(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        () -> tls.get(),
        new RadsecConnection.Answerer() {
          @Override
          public boolean knows(String commonName) {
            return known && commonName.equals(name);
          }

          @Override
          public Optional<byte[]> answer(byte[] packet, String commonName) {
            byte[] answer = Arrays.copyOf(packet, 20);
            answer[0] = 2;
            answer[3] = 20;
            return packet[0] == 1 ? Optional.of(answer) : Optional.empty();
          }
        },
        handshakeMillis);
  }

  @Before
  public void oneContextAndAKnownName() {
    SSLContext context = trust();
    tls = () -> Optional.of(context);
    known = true;
  }

  private static SSLContext trust() {
    try {
      return server.trusting(pbx);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static SSLSocket connected(RadsecListener to, RadsecPeer peer) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            peer.trusting(server)
                .getSocketFactory()
                .createSocket(
                    InetAddress.getLoopbackAddress(), Ports.awaitOpen(to.port()).getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static byte[] packet(int code, int identifier) {
    byte[] packet = new byte[30];
    packet[0] = (byte) code;
    packet[1] = (byte) identifier;
    packet[3] = 30;
    return packet;
  }

  private static int askedAt(SSLSocket socket, int identifier) throws IOException {
    socket.getOutputStream().write(packet(1, identifier));
    byte[] answer = new byte[20];
    new DataInputStream(socket.getInputStream()).readFully(answer);
    assertEquals(2, answer[0]);
    return answer[1];
  }

  @Test
  public void aKnownPbxIsAnsweredPacketAfterPacketOnOneConnection() throws Exception {
    try (SSLSocket socket = connected(listener, pbx)) {
      assertEquals(5, askedAt(socket, 5));
      socket.getOutputStream().write(packet(4, 9));
      assertEquals("silence is no answer", 6, askedAt(socket, 6));
    }
  }

  @Test
  public void whoShowsNothingIsSentAwayAndWhoHasShownItsCertificateStays() throws Exception {
    try (RadsecListener strict = listener("pbx1", 3_000);
        SSLSocket socket = connected(strict, pbx)) {
      assertEquals(1, askedAt(socket, 1));
      try (Socket idle =
          new Socket(InetAddress.getLoopbackAddress(), Ports.awaitOpen(strict.port()).getPort())) {
        idle.setSoTimeout(PATIENCE_MILLIS);
        assertEquals(-1, idle.getInputStream().read());
      }
      assertEquals(2, askedAt(socket, 2));
    }
  }

  @Test
  public void aCertificateOfNobodyWeKnowIsRefused() throws Exception {
    try (SSLSocket socket = connected(listener, stranger)) {
      assertThrows(IOException.class, () -> askedAt(socket, 1));
    }
    try (RadsecListener other = listener("pbx2", PATIENCE_MILLIS);
        SSLSocket socket = connected(other, pbx)) {
      assertThrows("its name is on no list", IOException.class, () -> askedAt(socket, 1));
    }
  }

  @Test
  public void whatIsNoPacketEndsTheConnection() throws Exception {
    for (int length : new int[] {0, 19, 4_097, 65_535}) {
      try (SSLSocket socket = connected(listener, pbx)) {
        socket.getOutputStream().write(new byte[] {1, 1, (byte) (length >> 8), (byte) length});
        assertEquals("" + length, -1, socket.getInputStream().read());
      }
    }
  }

  @Test
  public void whoSaysNothingKeepsNobodyOut() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 64; i++) {
        silent.add(
            new Socket(
                InetAddress.getLoopbackAddress(), Ports.awaitOpen(listener.port()).getPort()));
      }
      silent.get(0).setSoTimeout(PATIENCE_MILLIS);
      assertEquals("the oldest makes way", -1, silent.get(0).getInputStream().read());
      try (SSLSocket socket = connected(listener, pbx)) {
        assertEquals(3, askedAt(socket, 3));
      }
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  public void whatGoesWrongWithOneConnectionEndsNoOther() throws Exception {
    Supplier<Optional<SSLContext>> good = tls;
    for (Throwable fault :
        List.of(new IllegalStateException("a test"), new NoClassDefFoundError("a.test.Class"))) {
      tls = () -> thrown(fault);
      try (Socket socket =
          new Socket(
              InetAddress.getLoopbackAddress(), Ports.awaitOpen(listener.port()).getPort())) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        assertEquals(-1, socket.getInputStream().read());
      }
      assertTrue(
          listener.port().problem().contains("a.test")
              || listener.port().problem().contains("a test"));
      tls = good;
      try (SSLSocket socket = connected(listener, pbx)) {
        assertEquals(4, askedAt(socket, 4));
      }
      assertEquals("", listener.port().problem());
    }
  }

  private static Optional<SSLContext> thrown(Throwable fault) {
    if (fault instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) fault;
  }

  @Test
  public void aConnectionEndsWithItsNameAndWithTheTrustItCameWith() throws Exception {
    try (SSLSocket socket = connected(listener, pbx)) {
      assertEquals(1, askedAt(socket, 1));
      known = false;
      assertThrows("its name is on no list now", IOException.class, () -> askedAt(socket, 2));
    }
    known = true;
    try (SSLSocket socket = connected(listener, pbx)) {
      assertEquals(1, askedAt(socket, 1));
      SSLContext other = trust();
      tls = () -> Optional.of(other);
      assertThrows("the trust is another", IOException.class, () -> askedAt(socket, 2));
    }
    try (SSLSocket socket = connected(listener, pbx)) {
      assertEquals(1, askedAt(socket, 1));
    }
  }

  @Test
  public void closingEndsPortAndConnections() throws Exception {
    int port = Ports.awaitOpen(listener.port()).getPort();
    try (SSLSocket socket = connected(listener, pbx)) {
      assertEquals(1, askedAt(socket, 1));
      listener.close();
      assertTrue(ends(socket));
    }
    assertThrows(
        IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
  }

  private static boolean ends(SSLSocket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
