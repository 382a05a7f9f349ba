package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.Peers;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/**
 * How phones find the node: without TLS first, by DHCP, by multicast; and one that can't get in.
 */
public final class FindingIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int PATIENCE_MILLIS = 10_000;
  private static final String AGENT = "Yealink SIP-T54W 96.86.0.70 80:5e:c0:00:00:01";

  private static LatchkeyNode node;
  private static int plain;
  private static int group;

  @BeforeClass
  public static void openBoth() throws IOException {
    node = SharedNode.node();
    node.awaitStore();
    plain = Ports.free();
    group = Ports.free();
    node.set("org.latchkey.https", "bootstrapPort", "" + plain);
    node.set("org.latchkey.pnp", "interfaces", "lo");
    node.set("org.latchkey.pnp", "port", "" + group);
    node.set("org.latchkey.pnp", "enabled", "true");
    Await.until(
        "both are open",
        SOON,
        () -> {
          String status = node.shell("latchkey:status --json");
          return status.contains("bootstrap listener is open")
              && status.contains("answers to phones that asked");
        });
  }

  @AfterClass
  public static void closeBoth() throws IOException {
    node.set("org.latchkey.https", "bootstrapPort", "0");
    node.set("org.latchkey.pnp", "enabled", "false");
    Await.until(
        "the listener is closed",
        SOON,
        () -> !node.shell("latchkey:status --json").contains("bootstrap listener"));
    node.awaitPort("https");
  }

  @Test
  public void aNewPhoneLearnsOurAuthorityWithoutTlsAndNothingElse() throws IOException {
    String ca = Files.readString(node.file("tls/ca.pem"));
    assertTrue(plain("GET", "/ca.pem").endsWith("\r\n\r\n" + ca));
    String file = plain("GET", "/y000000000096.cfg");
    assertTrue(file, file.startsWith("HTTP/1.1 200 "));
    assertTrue(file, file.contains("= http://localhost:" + plain + "/ca.pem\n"));
    assertTrue(
        file, file.contains("= https://localhost:" + node.port("https") + "/provision/yealink/\n"));
    String code = ProvisionedKey.code(node.shell("latchkey:enrol 3301"));
    for (String path :
        List.of(
            "/",
            "/provision/" + code + "/805ec0000001.cfg",
            "/" + code + "/805ec0000001.cfg",
            "/provision/linphone/" + code + ".xml",
            "/v1/keys")) {
      String answer = plain("GET", path);
      assertTrue(path + answer, answer.startsWith("HTTP/1.1 404 "));
      assertFalse(answer, answer.toLowerCase(Locale.ROOT).contains("set-cookie"));
    }
    assertTrue(plain("POST", "/v1/keys").startsWith("HTTP/1.1 405 "));
    assertTrue(node.shell("latchkey:status").contains("without TLS"));
  }

  @Test
  public void aPhoneThatAsksTheNetworkIsToldWhereItsFilesAre() throws IOException {
    try (DatagramSocket phone =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      phone.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName("lo"));
      phone.setSoTimeout(PATIENCE_MILLIS);
      byte[] question = subscribe(phone.getLocalPort()).getBytes(StandardCharsets.US_ASCII);
      phone.send(
          new DatagramPacket(
              question, question.length, InetAddress.getByName("224.0.1.75"), group));
      String ok = heard(phone);
      assertTrue(ok, ok.startsWith("SIP/2.0 200 OK\r\n"));
      String notify = heard(phone);
      assertTrue(
          notify,
          notify.endsWith(
              "\r\n\r\nhttps://localhost:" + node.port("https") + "/provision/yealink/"));
      assertTrue(ok.length() + notify.length() <= 3 * question.length);
    }
  }

  @Test
  public void dnsmasqReadsItsOptions() throws IOException {
    Peers.need("dnsmasq");
    Path file = options("dnsmasq");
    Commands.run(SOON, List.of("dnsmasq", "--test", "--conf-file=" + file));
    Files.writeString(file, Files.readString(file) + "dhcp-option=bad:x\n");
    assertFalse(
        "a mistake would be seen",
        Commands.result(SOON, List.of("dnsmasq", "--test", "--conf-file=" + file)).exit() == 0);
  }

  @Test
  public void keaReadsItsOptions() throws IOException {
    Peers.need("kea-dhcp4");
    Path file = options("kea");
    Commands.run(SOON, List.of("kea-dhcp4", "-t", file.toString()));
    Files.writeString(file, Files.readString(file).replaceFirst("\"code\": 242", "\"code\": 243"));
    assertFalse(
        "a mistake would be seen",
        Commands.result(SOON, List.of("kea-dhcp4", "-t", file.toString())).exit() == 0);
  }

  @Test
  public void aPhoneInALoopIsSlowedAndNamedAndCallsForHelp() throws Exception {
    ProvisionedKey right = ProvisionedKey.enrolled(node, "3302");
    ProvisionedKey wrong =
        new ProvisionedKey(right.credentials().withSecret("0".repeat(26)), right.aor(), "");
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone looping = new ScriptedPhone(wire, wrong);
      int tries = 1;
      SipMessage answer = looping.register();
      while (answer.status() == 401 && tries < 60) {
        answer = looping.register();
        tries++;
      }
      assertEquals(503, answer.status());
      assertTrue(answer.header("Retry-After").isPresent());
      String pending = node.shell("latchkey:pending");
      assertTrue(pending, pending.contains("3302@localhost at 127.0.0.1 was refused"));
      assertTrue(pending, pending.contains("it has a wrong secret"));
      assertTrue(pending, pending.contains("latchkey:enrol 3302"));
      assertTrue(node.shell("latchkey:pending --json").contains("\"refusedAgain\""));
      String call = ScriptedPhone.unique("call");
      SipMessage help =
          looping.exchange(looping.invite("sip:112@localhost", call, Optional.empty()));
      assertEquals(200, help.status());
      SharedNode.trunk().awaitCall(call);
      SipCall.hangUp(wire, "sip:112@localhost", help);
      assertEquals(200, new ScriptedPhone(wire, right).register().status());
      assertFalse(node.shell("latchkey:pending").contains("3302@localhost at"));
    }
  }

  private static Path options(String server) throws IOException {
    Path file = Files.createTempFile("latchkey-dhcp", ".conf");
    file.toFile().deleteOnExit();
    return Files.writeString(file, node.shell("latchkey:dhcp-options " + server));
  }

  private static String plain(String method, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plain)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      String request =
          String.join(
              "\r\n",
              method + ' ' + path + " HTTP/1.1",
              "Host: localhost",
              "User-Agent: " + AGENT,
              "Connection: close",
              "",
              "");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String heard(DatagramSocket phone) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
    phone.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
  }

  private static String subscribe(int port) {
    return String.join(
        "\r\n",
        "SUBSCRIBE sip:MAC%3a805ec0000001@224.0.1.75 SIP/2.0",
        "Via: SIP/2.0/UDP 127.0.0.1:" + port + ";branch=z9hG4bK1837;rport",
        "From: <sip:MAC%3a805ec0000001@224.0.1.75>;tag=13756",
        "To: <sip:MAC%3a805ec0000001@224.0.1.75>",
        "Call-ID: 0_2731@127.0.0.1",
        "CSeq: 1 SUBSCRIBE",
        "Contact: <sip:MAC%3a805ec0000001@127.0.0.1:" + port + '>',
        "Max-Forwards: 70",
        "User-Agent: " + AGENT,
        "Expires: 0",
        "Event: ua-profile;profile-type=\"device\";vendor=\"Yealink\";model=\"T54W\"",
        "Accept: application/url",
        "Content-Length: 0",
        "",
        "");
  }
}
