package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.conformance.Kit;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.SipMessage;

/** The conformance kit: the reference PBX passes, and what is broken does not. */
public final class ConformanceIT {

  private static LatchkeyNode node;

  @BeforeClass
  public static void start() throws IOException {
    node = LatchkeyNode.started();
    node.awaitStore();
  }

  @AfterClass
  public static void end() {
    node.close();
  }

  @Test
  public void theReferencePbxPassesAllThatItCan() throws Exception {
    Run run = kit(node.port("sip"), 9501, Path.of("conformance/pbx/reference.txt"));
    System.out.println(run.printed());
    assertEquals(run.printed(), 0, run.exit());
    assertTrue(run.printed(), run.printed().contains("not possible here"));
    int made = 0;
    for (Object phone : JSON.std.listFrom(node.shell("latchkey:phones --all --json"))) {
      Map<?, ?> fields = (Map<?, ?>) phone;
      if (fields.get("aor").toString().matches("(sip:)?95[0-9]{2}@.*")) {
        made++;
        assertEquals(fields.toString(), true, fields.get("revoked"));
      }
    }
    assertTrue("it made keys for each of its extensions: " + made, made >= 14);
  }

  @Test
  public void whatSuddenlyPassesIsNoLimitAnyMore() throws Exception {
    Path limits = Files.createTempFile("latchkey-limits", ".txt");
    try {
      Files.writeString(
          limits,
          Files.readString(Path.of("conformance/pbx/reference.txt"))
              + "a good key registers = nobody ever did\n");
      Run run = kit(node.port("sip"), 9551, limits);
      assertEquals(run.printed(), 1, run.exit());
      assertTrue(run.printed(), run.printed().contains("PASSED, and was not possible"));
      assertTrue(run.printed(), run.printed().contains("1 not as expected"));
    } finally {
      Files.delete(limits);
    }
  }

  @Test
  public void aRegistrarThatSaysYesToEverybodyFails() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread yes = new Thread(() -> sayYes(socket), "yes-sayer");
      yes.setDaemon(true);
      yes.start();
      Run run = kit(socket.getLocalPort(), 9601, Path.of("conformance/pbx/reference.txt"));
      assertEquals(run.printed(), 1, run.exit());
      assertFalse(
          run.printed(),
          run.printed().lines().anyMatch(line -> line.contains(" passed") && !isAboutCalls(line)));
    }
  }

  private static boolean isAboutCalls(String line) {
    return line.contains("call") || line.contains("rings") || line.contains("back");
  }

  private static void sayYes(DatagramSocket socket) {
    byte[] bytes = new byte[65535];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        socket.receive(packet);
        String text = new String(bytes, 0, packet.getLength(), StandardCharsets.UTF_8);
        SipMessage request = SipMessage.of(text);
        if (!request.method().equals("ACK")) {
          String answer =
              "SIP/2.0 200 OK\r\nVia: %s\r\nFrom: %s\r\nTo: %s;tag=yes\r\nCall-ID: %s\r\nCSeq: %s\r\nContact: %s\r\nContent-Length: 0\r\n\r\n"
                  .formatted(
                      request.require("Via"),
                      request.require("From"),
                      request.require("To"),
                      request.require("Call-ID"),
                      request.require("CSeq"),
                      request.header("Contact").orElse("<sip:yes@127.0.0.1>"));
          byte[] sent = answer.getBytes(StandardCharsets.UTF_8);
          socket.send(new DatagramPacket(sent, sent.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // The socket was closed: the test is over.
      Thread.currentThread().interrupt();
    }
  }

  private static Run kit(int port, int extensions, Path limits) {
    List<String> words = new ArrayList<>(List.of("127.0.0.1:" + port));
    words.addAll(List.of("--instance", node.home().toString()));
    words.addAll(List.of("--console", "127.0.0.1:" + node.port("ssh")));
    words.addAll(List.of("--door", "localhost:" + node.port("https")));
    words.addAll(List.of("--sha256", "localhost:" + node.port("tls256")));
    words.addAll(List.of("--answer-at", "" + node.port("test")));
    words.addAll(List.of("--extensions", "" + extensions, "--limits", limits.toString()));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int exit = Kit.run(words, new PrintStream(printed, true, StandardCharsets.UTF_8));
    return new Run(exit, printed.toString(StandardCharsets.UTF_8));
  }

  private record Run(int exit, String printed) {}
}
