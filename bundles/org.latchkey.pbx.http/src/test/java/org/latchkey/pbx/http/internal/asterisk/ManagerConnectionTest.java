package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.pbx.http.internal.asterisk.ManagerInterface.Action;

/** The manager interface as it is on the wire. */
public class ManagerConnectionTest {

  private static final String WELCOME = "Asterisk Call Manager/5.0.4\r\n";
  private static final String YES = "Response: Success\r\nMessage: Authentication accepted\r\n\r\n";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private ServerSocket server;

  @Before
  public void aServer() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  @After
  public void noServer() throws IOException {
    server.close();
  }

  @Test
  public void aListIsReadToItsEndAndNoFurther() throws Exception {
    List<Map<String, String>> answer =
        ask(
            WELCOME
                + YES
                + "Response: Success\r\nEventList: start\r\nMessage: follows\r\n\r\n"
                + "Event: ContactList\r\nUri: sip:1@h: 5\r\nPath: \r\n\r\n"
                + "Event: ContactListComplete\r\nEventList: Complete\r\n\r\nEvent: Other\r\n\r\n");
    assertEquals(3, answer.size());
    assertEquals("sip:1@h: 5", answer.get(1).get("Uri"));
  }

  @Test
  public void actionsAreDoneOneAfterAnotherOverOneConnection() throws Exception {
    Future<String> said =
        answering(
            WELCOME
                + YES
                + "Response: Error\r\nMessage: not found\r\n\r\n"
                + "Response: Success\r\n\r\n");
    List<List<Map<String, String>>> answers =
        connection()
            .ask(
                List.of(
                    new Action("DBDel", Map.of("Key", "a")),
                    new Action("DBDel", Map.of("Key", "b"))));
    assertEquals(List.of("Error", "Success"), responses(answers));
    String all = said.get(10, TimeUnit.SECONDS);
    assertTrue(all, all.contains("\r\nKey: a\r\n\r\nAction: DBDel\r\nKey: b\r\n\r\n"));
    assertThrows(
        IllegalArgumentException.class, () -> new Action("DBDel", Map.of("Key", "a\nAction: x")));
  }

  private static List<String> responses(List<List<Map<String, String>>> answers) {
    return answers.stream().map(answer -> answer.get(0).getOrDefault("Response", "")).toList();
  }

  @Test
  public void whoIsNotAsteriskOrDoesNotKnowUsIsToldApart() {
    assertTrue(fault("SSH-2.0-x\r\n").contains("no manager interface"));
    assertTrue(
        fault(WELCOME + "Response: Error\r\nMessage: Authentication failed\r\n\r\n")
            .contains("write its configuration anew"));
    assertTrue(fault(WELCOME + YES).contains("ended"));
    assertTrue(fault(WELCOME + YES + "a: b\r\n".repeat(300)).contains("no end"));
  }

  @Test
  public void eventsAreHeardUntilTheConnectionEnds() throws Exception {
    Future<String> said = answering(WELCOME + YES + "Event: A\r\n\r\nEvent: B\r\n\r\n");
    List<String> heard = new ArrayList<>();
    assertThrows(
        IOException.class,
        () -> connection().hear("security", event -> heard.add(event.get("Event"))));
    assertEquals(List.of("A", "B"), heard);
    assertTrue(said.get(10, TimeUnit.SECONDS).contains("\r\nEvents: security\r\n"));
  }

  @Test
  public void whoHearsIsEndedByAnInterrupt() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    Thread hearer =
        new Thread(
            () ->
                assertThrows(
                    IOException.class,
                    () -> connection().hear("security", event -> heard.add(event.get("Event")))));
    hearer.start();
    try (Socket socket = server.accept()) {
      socket
          .getOutputStream()
          .write((WELCOME + YES + "Event: A\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      assertEquals("A", heard.poll(10, TimeUnit.SECONDS));
      hearer.interrupt();
      hearer.join(10_000);
      assertFalse(hearer.isAlive());
    }
  }

  private String fault(String sent) {
    return assertThrows(IOException.class, () -> ask(sent)).getMessage();
  }

  private List<Map<String, String>> ask(String sent) throws IOException {
    Future<String> unused = answering(sent);
    return connection().ask("PJSIPShowContacts", Map.of());
  }

  private ManagerConnection connection() {
    return new ManagerConnection(
        "127.0.0.1:" + server.getLocalPort(),
        AsteriskMaker.managerWord(temporary.getRoot().toPath()));
  }

  /** Answers one connection, and gives all that came over it. */
  private Future<String> answering(String sent) {
    CompletableFuture<String> heard = new CompletableFuture<>();
    Thread asterisk =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                heard.complete(
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
              } catch (IOException e) {
                heard.completeExceptionally(e);
              }
            });
    asterisk.start();
    return heard;
  }
}
