package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The port of FastAGI: who shows Asterisk's certificate is answered, and nobody keeps it busy. */
public class AgiPortTest {

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final int PATIENCE_MILLIS = 20_000;
  private static final String QUESTION = AgiQuestionTest.question("admit", "w", "a=b");

  private static TlsPeer server;
  private static TlsPeer asterisk;
  private static TlsPeer stranger;

  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private Supplier<String> answer = () -> "on";
  private AgiPort port = port(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 60_000);

  @BeforeClass
  public static void certificates() throws Exception {
    server = TlsPeer.named(FOLDER.getRoot().toPath(), "latchkey");
    asterisk = TlsPeer.named(FOLDER.getRoot().toPath(), "asterisk");
    stranger = TlsPeer.named(FOLDER.getRoot().toPath(), "stranger");
  }

  @After
  public void end() {
    port.close();
  }

  private AgiPort port(InetSocketAddress address, long deadlineMillis) {
    return new AgiPort(
        address,
        () -> Optional.of(server.trusting(asterisk, stranger)),
        new AgiConnection.Answerer() {
          @Override
          public boolean knows(List<X509Certificate> chain) {
            return chain.get(0).getSubjectX500Principal().getName().equals("CN=asterisk");
          }

          @Override
          public String answer(AgiQuestion question) {
            asked.add(question.script());
            return answer.get();
          }
        },
        deadlineMillis);
  }

  @Test
  public void whoShowsTheCertificateIsAnsweredByOneCommand() throws Exception {
    assertEquals("SET VARIABLE LATCHKEY_SAYS \"on\"\n", ask(asterisk, QUESTION));
    answer = () -> "permitted,sip:112@t.example.org;transport=tcp,EMERGENCY";
    assertEquals(
        "SET VARIABLE LATCHKEY_SAYS \"permitted,sip:112@t.example.org;transport=tcp,EMERGENCY\"\n",
        ask(asterisk, QUESTION));
  }

  @Test
  public void anAnswerThatCouldBeMoreThanOneArgumentIsNotSent() throws Exception {
    for (String bad : List.of("", "on\" x", "on\nEXEC System reboot", "on\\", "\u00e9")) {
      answer = () -> bad;
      assertEquals(bad, "", ask(asterisk, QUESTION));
    }
    assertEquals(5, asked.size());
  }

  @Test
  public void whoShowsAnotherCertificateOrNoneIsNotAsked() {
    assertEquals("", heard(stranger));
    assertEquals("", heard(TlsPeer.nobody()));
    assertTrue(asked.isEmpty());
  }

  @Test
  public void whatIsNoQuestionIsNotAnswered() throws Exception {
    assertEquals("", ask(asterisk, "GET / HTTP/1.1\n\n"));
    assertEquals("", ask(asterisk, "\0\0\n\n"));
    assertTrue(asked.isEmpty());
  }

  @Test
  public void aPeerThatSaysNothingAndOneThatSaysLittleAreEnded() throws Exception {
    port.close();
    port = port(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 300);
    try (Socket silent = connected()) {
      assertEquals(-1, silent.getInputStream().read());
    }
    try (SSLSocket slow = secured(asterisk)) {
      slow.getOutputStream().write("agi_network: yes\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals("", text(slow.getInputStream()));
    }
  }

  @Test
  public void anAnswerThatDoesNotComeEndsTheQuestion() throws Exception {
    port.close();
    port = port(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 300);
    CountDownLatch never = new CountDownLatch(1);
    answer =
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return "on";
        };
    assertEquals("", heard(asterisk));
    assertEquals("admit", asked.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    never.countDown();
  }

  @Test
  public void strangersKeepNobodyOut() throws Exception {
    List<Socket> crowd = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      crowd.add(connected());
    }
    assertEquals("SET VARIABLE LATCHKEY_SAYS \"on\"\n", ask(asterisk, QUESTION));
    for (Socket one : crowd) {
      one.close();
    }
  }

  /** As many as haproxy opens at once; none has shown its certificate when the last one comes. */
  @Test
  public void thirtyTwoThatAskAtOnceAreAllAnswered() throws Exception {
    List<SSLSocket> burst = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      burst.add(secured(asterisk));
    }
    for (SSLSocket one : burst) {
      assertEquals("SET VARIABLE LATCHKEY_SAYS \"on\"\n", ask(one, QUESTION));
    }
  }

  @Test
  public void aPortThatIsTakenIsOpenedWhenItIsFree() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port.close();
      port = port((InetSocketAddress) other.getLocalSocketAddress(), 60_000);
      await(() -> !port.problem().isEmpty());
      assertTrue(port.at().isEmpty());
    }
    await(() -> port.at().isPresent());
    assertEquals("SET VARIABLE LATCHKEY_SAYS \"on\"\n", ask(asterisk, QUESTION));
    assertEquals("", port.problem());
  }

  private static void await(Supplier<Boolean> event) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!event.get()) {
      assertTrue("it does not come", System.nanoTime() < until);
      Thread.onSpinWait();
    }
  }

  private Socket connected() throws IOException {
    await(() -> port.at().isPresent());
    Socket socket = new Socket();
    socket.connect(port.at().orElseThrow(), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private SSLSocket secured(TlsPeer peer) throws IOException {
    SSLContext context = peer.trusting(server);
    Socket socket = connected();
    return (SSLSocket)
        context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
  }

  /** What Asterisk hears until the connection ends; it confirms a command. */
  private String ask(TlsPeer peer, String question) throws IOException {
    return ask(secured(peer), question);
  }

  private static String ask(SSLSocket asking, String question) throws IOException {
    try (SSLSocket socket = asking) {
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      StringBuilder heard = new StringBuilder();
      for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
        heard.append((char) c);
        if (c == '\n') {
          socket.getOutputStream().write("200 result=1\n".getBytes(StandardCharsets.US_ASCII));
        }
      }
      return heard.toString();
    }
  }

  /** What a peer hears that may be cut off. */
  private String heard(TlsPeer peer) {
    try {
      return ask(peer, QUESTION);
    } catch (IOException e) {
      return "";
    }
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
  }
}
