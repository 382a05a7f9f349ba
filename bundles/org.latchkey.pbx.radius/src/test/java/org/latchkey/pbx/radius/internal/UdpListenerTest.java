package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.After;
import org.junit.Test;

/** The UDP port answers once what comes twice, and goes on whatever comes. */
public class UdpListenerTest {

  private final AtomicInteger answered = new AtomicInteger();
  private final UdpListener listener =
      new UdpListener(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          (datagram, source) ->
              datagram[0] == 9
                  ? Optional.empty()
                  : Optional.of(new byte[] {(byte) answered.incrementAndGet(), datagram[1]}));

  @After
  public void end() {
    listener.close();
  }

  private byte[] ask(DatagramSocket socket, byte[] packet) throws Exception {
    send(socket, packet);
    DatagramPacket answer = new DatagramPacket(new byte[100], 100);
    socket.receive(answer);
    return Arrays.copyOf(answer.getData(), answer.getLength());
  }

  private void send(DatagramSocket socket, byte[] packet) throws Exception {
    socket.send(new DatagramPacket(packet, packet.length, Ports.awaitOpen(listener.port())));
  }

  private static DatagramSocket socket() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static byte[] packet(int identifier) {
    byte[] packet = new byte[40];
    packet[1] = (byte) identifier;
    return packet;
  }

  @Test
  public void whoAsksAgainGetsTheSameAnswerAndIsNotCheckedAgain() throws Exception {
    try (DatagramSocket socket = socket();
        DatagramSocket other = socket()) {
      byte[] first = ask(socket, packet(1));
      assertArrayEquals(first, ask(socket, packet(1)));
      assertEquals(1, answered.get());
      assertNotEquals("another port is another client", first[0], ask(other, packet(1))[0]);
      assertNotEquals(first[0], ask(socket, packet(2))[0]);
      byte[] otherAuthenticator = packet(1);
      otherAuthenticator[12] = 1;
      assertNotEquals(first[0], ask(socket, otherAuthenticator)[0]);
    }
  }

  @Test
  public void junkAndSilenceAreFollowedByAnswers() throws Exception {
    try (DatagramSocket socket = socket()) {
      send(socket, new byte[0]);
      send(socket, new byte[19]);
      send(socket, new byte[5_000]);
      byte[] silent = packet(3);
      silent[0] = 9;
      send(socket, silent);
      assertEquals(7, ask(socket, packet(7))[1]);
      assertEquals("nobody was asked about junk", 1, answered.get());
    }
  }

  @Test
  public void aFaultEndsNothingForLong() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    InetSocketAddress at = Ports.awaitOpen(listener.port());
    listener.close();
    try (UdpListener faulty =
            new UdpListener(
                at,
                (datagram, source) -> {
                  if (asked.incrementAndGet() == 1) {
                    throw new IllegalStateException("a fault");
                  }
                  return Optional.of(datagram);
                });
        DatagramSocket socket = socket()) {
      assertEquals(at, Ports.awaitOpen(faulty.port()));
      byte[] packet = packet(1);
      socket.send(new DatagramPacket(packet, packet.length, at));
      for (int i = 0; i < 2_000 && asked.get() < 2; i++) {
        socket.send(new DatagramPacket(packet, packet.length, at));
        LockSupport.parkNanos(5_000_000);
      }
      socket.receive(new DatagramPacket(new byte[100], 100));
    }
  }

  @Test
  public void aPortThatIsTakenIsToldAndTakenLater() throws Exception {
    InetSocketAddress taken = Ports.awaitOpen(listener.port());
    try (UdpListener second = new UdpListener(taken, (datagram, source) -> Optional.empty())) {
      for (int i = 0; i < 1_000 && !second.port().problem().contains("Bind"); i++) {
        LockSupport.parkNanos(5_000_000);
      }
      assertTrue(second.port().problem(), second.port().problem().contains("Bind"));
      assertEquals(Optional.empty(), second.port().at());
      listener.close();
      assertEquals(taken, Ports.awaitOpen(second.port()));
      assertEquals("", second.port().problem());
    }
  }
}
