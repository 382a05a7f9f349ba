package org.latchkey.pbx.reference.internal.transport;

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
import java.util.Optional;
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
    trunk = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
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

  private Optional<Flow> connected() throws Exception {
    InetSocketAddress to = new InetSocketAddress(trunk.getInetAddress(), trunk.getLocalPort());
    CompletableFuture<Optional<Flow>> found = new CompletableFuture<>();
    threads
        .sipThread()
        .execute(() -> connector.connect(Transport.TCP, to, "localhost", found::complete));
    return found.get(20, TimeUnit.SECONDS);
  }

  /** What it is after the threads did what was asked of them. */
  private boolean isOpenAtLast(Flow flow) throws Exception {
    for (var thread : threads.streams()) {
      thread.submit(() -> {}).get(20, TimeUnit.SECONDS);
    }
    return flow.isOpen();
  }
}
