package org.latchkey.pnp.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.SourceNetworks;
import org.latchkey.status.StatusLine;

/** Multicast over the loopback interface: a phone asks the group and hears what to fetch. */
public class PnpResponderTest {

  private static final int PATIENCE_MILLIS = 10_000;

  private final BlockingQueue<String> problems = new LinkedBlockingQueue<>();
  private final AtomicLong now = new AtomicLong();
  private final int port = freePort();
  private PnpResponder responder = responder("127.0.0.0/8", true);

  @After
  public void close() {
    responder.close();
  }

  private PnpResponder responder(String network, boolean enabled) {
    PnpSettings settings =
        new PnpSettings(
            enabled,
            List.of("lo"),
            new InetSocketAddress("224.0.1.75", port),
            SourceNetworks.of(List.of(network)),
            false);
    return new PnpResponder(
        settings,
        new Questions.Doors(),
        Questions.families("yealink", "snom"),
        problems::add,
        now::get);
  }

  private static int freePort() {
    try (DatagramSocket any = new DatagramSocket()) {
      return any.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void says(String problem) {
    try {
      assertEquals(problem, problems.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static DatagramSocket phone() throws IOException {
    DatagramSocket phone =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    phone.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName("lo"));
    phone.setSoTimeout(PATIENCE_MILLIS);
    return phone;
  }

  private void send(DatagramSocket phone, String message) throws IOException {
    byte[] bytes = Questions.bytes(message);
    phone.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName("224.0.1.75"), port));
  }

  private static String question(DatagramSocket phone) {
    return Questions.of("yealink", (InetSocketAddress) phone.getLocalSocketAddress());
  }

  private static byte[] heard(DatagramSocket phone) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
    phone.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.ISO_8859_1);
  }

  @Test
  public void aPhoneThatAsksTheNetworkHearsWhereItsFilesAre() throws IOException {
    says("");
    try (DatagramSocket phone = phone()) {
      send(phone, question(phone));
      String ok = text(heard(phone));
      assertTrue(ok, ok.startsWith("SIP/2.0 200 OK\r\n"));
      byte[] notify = heard(phone);
      assertTrue(
          text(notify),
          text(notify).endsWith("\r\n\r\nhttps://pbx.example.org:8443/provision/yealink/"));
      send(phone, question(phone));
      assertEquals(ok, text(heard(phone)));
      assertArrayEquals("a copy gets the same answer", notify, heard(phone));
    }
    assertTrue(
        responder.status().toString(), responder.status().get(0).words().startsWith("2 answers"));
  }

  @Test
  public void whatIsNoQuestionIsNotAnsweredAndTheNextOneIs() throws IOException {
    says("");
    try (DatagramSocket phone = phone()) {
      send(phone, "x");
      send(phone, question(phone).replace("ua-profile", "presence"));
      send(phone, question(phone) + "y".repeat(5000));
      send(phone, question(phone));
      assertTrue(text(heard(phone)).startsWith("SIP/2.0 200 OK\r\n"));
      assertTrue(text(heard(phone)).startsWith("NOTIFY "));
      phone.setSoTimeout(300);
      assertThrows(SocketTimeoutException.class, () -> heard(phone));
    }
  }

  @Test
  public void aSourceOutsideTheNetworksHearsNothing() throws IOException {
    says("");
    responder.close();
    responder = responder("10.0.0.0/8", true);
    says("");
    try (DatagramSocket phone = phone()) {
      send(phone, question(phone));
      phone.setSoTimeout(500);
      assertThrows(SocketTimeoutException.class, () -> heard(phone));
    }
    assertTrue(responder.status().get(0).words().endsWith("1 questions not answered"));
  }

  @Test
  public void aPaddedFirstQuestionMakesNoCopyWorthMoreThanThreeTimesItself() {
    InetSocketAddress phone = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
    String small = Questions.of("yealink", phone);
    String padded =
        small
            .replace("From: ", "From: \"" + "a".repeat(400) + "\" ")
            .replace("To: ", "To: \"" + "b".repeat(400) + "\" ");
    assertTrue("the first is answered", ask(phone, padded).isPresent());
    for (String copy :
        List.of(small, small.replaceAll("(Max-Forwards|User-Agent|Accept): .*\r\n", ""))) {
      ask(phone, copy)
          .ifPresent(
              answer -> {
                int sent = answer.ok().bytes().length + answer.notice().bytes().length;
                assertTrue(sent + " for " + copy.length(), sent <= 3 * copy.length());
              });
    }
    assertTrue("the copy is answered", ask(phone, padded).isPresent());
  }

  private Optional<Answer> ask(InetSocketAddress phone, String question) {
    return responder.answer(Questions.bytes(question), phone, peer -> Optional.of(Questions.OWN));
  }

  @Test
  public void theStatusWarnsWhileMoreAskThanAreAnswered() {
    says("");
    for (int i = 0; i <= Pace.MOST_A_SECOND; i++) {
      InetSocketAddress phone = new InetSocketAddress("127.0.1." + i, 5060);
      Optional<Answer> answer = ask(phone, Questions.of("yealink", phone));
      assertEquals(i < Pace.MOST_A_SECOND, answer.isPresent());
    }
    StatusLine line = responder.status().get(0);
    assertEquals(line.words(), StatusLine.Level.WARNING, line.level());
    assertTrue(line.words(), line.words().startsWith("20 answers"));
    now.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertEquals(StatusLine.Level.OK, responder.status().get(0).level());
  }

  @Test
  public void itIsOffUntilItIsWanted() throws IOException {
    responder.close();
    responder = responder("127.0.0.0/8", false);
    assertEquals(List.of(), responder.status());
    try (DatagramSocket phone = phone()) {
      send(phone, question(phone));
      phone.setSoTimeout(300);
      assertThrows(SocketTimeoutException.class, () -> heard(phone));
    }
  }

  @Test
  public void anInterfaceThatIsNotThereIsAFaultInTheStatus() {
    says("");
    responder.close();
    responder =
        new PnpResponder(
            new PnpSettings(
                true,
                List.of("nosuch0"),
                new InetSocketAddress("224.0.1.75", port),
                SourceNetworks.of(List.of()),
                false),
            new Questions.Doors(),
            List.of(),
            problems::add,
            now::get);
    says("there is no such network interface that can do multicast");
    assertTrue(
        responder.status().toString(),
        responder.status().get(0).words().contains("no such network interface"));
  }
}
