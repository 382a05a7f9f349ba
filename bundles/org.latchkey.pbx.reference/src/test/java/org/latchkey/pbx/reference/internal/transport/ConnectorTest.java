package org.latchkey.pbx.reference.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** A call for help must not be sent into a connection whose other end is gone. */
public class ConnectorTest {

  private static final SipMessage ANSWER = SipMessage.response(200, "OK").build();

  private final SipThreads threads = new SipThreads();
  private final BlockingQueue<SipMessage> heard = new LinkedBlockingQueue<>();
  private volatile Instant now = Instant.parse("2026-12-01T10:00:00Z");
  private final Connector connector =
      new Connector(threads, (message, flow) -> heard.add(message), () -> now);
  private ServerSocket trunk;

  @Before
  public void openTrunk() throws IOException {
    trunk = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @After
  public void closeAll() throws IOException {
    trunk.close();
    threads.close();
  }

  @Test
  public void aConnectionOnWhichSomethingCameOfLateIsUsedAgain() throws Exception {
    Flow first = connected().orElseThrow();
    assertEquals(first, connected().orElseThrow());
    try (Socket accepted = trunk.accept()) {
      pass(29);
      answers(accepted);
      pass(29);
      assertEquals(first, connected().orElseThrow());
    }
  }

  @Test
  public void oneOnWhichNothingCameForHalfAMinuteIsLeftForANewOneAndNotClosed() throws Exception {
    Flow first = connected().orElseThrow();
    pass(31);
    Flow second = connected().orElseThrow();
    assertNotEquals(first, second);
    assertTrue("a call may be up on it", first.isOpen());
    assertEquals(second, connected().orElseThrow());
  }

  @Test
  public void whenNoNewOneCanBeOpenedTheOldOneIsUsed() throws Exception {
    Flow first = connected().orElseThrow();
    try (Socket accepted = trunk.accept()) {
      trunk.close();
      pass(31);
      assertTrue(accepted.isConnected());
      assertEquals(first, connected().orElseThrow());
    }
  }

  @Test
  public void aSilentConnectionEndsWhenNoCallNeedsItAndStaysAsLongAsOneDoes() throws Exception {
    Flow first = connected().orElseThrow();
    pass(31);
    look(first);
    assertTrue(isOpenAtLast(first));
    try (Socket accepted = trunk.accept()) {
      accepted.setSoTimeout(20_000);
      assertEquals(
          "it is pinged",
          "\r\n\r\n",
          new String(accepted.getInputStream().readNBytes(4), US_ASCII));
      look();
      assertFalse(isOpenAtLast(first));
    }
  }

  @Test
  public void ofManyCallsOneAfterAnotherOneConnectionIsLeft() throws Exception {
    List<Flow> used = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      used.add(connected().orElseThrow());
      look();
      pass(31);
      look();
    }
    assertEquals(20, Set.copyOf(used).size());
    for (Flow flow : used) {
      assertFalse(isOpenAtLast(flow));
    }
  }

  @Test
  public void callsThatComeAtOnceShareOneNewConnection() throws Exception {
    List<CompletableFuture<Optional<Flow>>> found = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      found.add(new CompletableFuture<>());
    }
    threads.sipThread().execute(() -> found.forEach(this::connect));
    Flow first = found.get(0).get(20, TimeUnit.SECONDS).orElseThrow();
    for (CompletableFuture<Optional<Flow>> each : found) {
      assertEquals(first, each.get(20, TimeUnit.SECONDS).orElseThrow());
    }
  }

  @Test
  public void aTrunkThatAnswersPingsIsReachedByTheSameConnectionWhichIsNotKeptForEver()
      throws Exception {
    StreamFlow first = (StreamFlow) connected().orElseThrow();
    try (Socket accepted = trunk.accept()) {
      for (int i = 0; i < 20; i++) {
        pass(29);
        pongs(accepted, first);
        look();
      }
      assertEquals(first, connected().orElseThrow());
      for (int i = 0; i < 21; i++) {
        pass(29);
        pongs(accepted, first);
        look();
      }
      assertFalse("nobody called for ten minutes", isOpenAtLast(first));
    }
  }

  @Test
  public void aPongIsNoAnswer() throws Exception {
    StreamFlow first = (StreamFlow) connected().orElseThrow();
    Runnable silence = first.watch();
    try (Socket accepted = trunk.accept()) {
      pass(1);
      pongs(accepted, first);
      silence.run();
      assertFalse(isOpenAtLast(first));
    }
  }

  @Test
  public void besideAConnectionThatBrokeAnOlderOneIsUsedThatStands() throws Exception {
    Flow first = connected().orElseThrow();
    pass(31);
    StreamFlow second = (StreamFlow) connected().orElseThrow();
    second.close();
    CompletableFuture<Optional<Flow>> found = new CompletableFuture<>();
    threads
        .sipThread()
        .execute(
            () ->
                connector.connectBeside(second, Transport.TCP, to(), "localhost", found::complete));
    assertEquals(first, found.get(20, TimeUnit.SECONDS).orElseThrow());
  }

  @Test
  public void aConnectionOnWhichNoAnswerCameIsClosed() throws Exception {
    Flow first = connected().orElseThrow();
    Runnable silence = first.watch();
    silence.run();
    assertFalse(isOpenAtLast(first));
    assertNotEquals(first, connected().orElseThrow());
  }

  @Test
  public void oneOnWhichAnythingCameMeanwhileIsNot() throws Exception {
    Flow first = connected().orElseThrow();
    Runnable silence = first.watch();
    try (Socket accepted = trunk.accept()) {
      pass(1);
      answers(accepted);
      silence.run();
      assertTrue(isOpenAtLast(first));
    }
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private void answers(Socket accepted) throws Exception {
    accepted.getOutputStream().write(ANSWER.bytes());
    assertEquals(200, heard.poll(20, TimeUnit.SECONDS).status());
  }

  private void pongs(Socket accepted, StreamFlow flow) throws Exception {
    accepted.getOutputStream().write("\r\n".getBytes(US_ASCII));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!flow.aliveAt().equals(now)) {
      assertTrue("the pong was not heard", System.nanoTime() < end);
      boolean unused = isOpenAtLast(flow);
    }
  }

  /** A look at the connections while calls need these. */
  private void look(Flow... needed) throws Exception {
    threads
        .sipThread()
        .submit(() -> connector.look(() -> Set.of(needed)))
        .get(20, TimeUnit.SECONDS);
  }

  private Optional<Flow> connected() throws Exception {
    CompletableFuture<Optional<Flow>> found = new CompletableFuture<>();
    threads.sipThread().execute(() -> connect(found));
    return found.get(20, TimeUnit.SECONDS);
  }

  private void connect(CompletableFuture<Optional<Flow>> found) {
    connector.connect(Transport.TCP, to(), "localhost", found::complete);
  }

  private InetSocketAddress to() {
    return new InetSocketAddress(trunk.getInetAddress(), trunk.getLocalPort());
  }

  /** What it is after the threads did what was asked of them. */
  private boolean isOpenAtLast(Flow flow) throws Exception {
    for (var thread : threads.streams()) {
      thread.submit(() -> {}).get(20, TimeUnit.SECONDS);
    }
    return flow.isOpen();
  }
}
