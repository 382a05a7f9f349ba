package org.latchkey.pbx.reference.internal.transport;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A trunk that takes no connection for a while, and calls that come just then. */
public class BusyTrunkTest {

  private final SipThreads threads = new SipThreads();
  private final Connector connector =
      new Connector(threads, (message, flow) -> {}, () -> Instant.parse("2026-12-01T10:00:00Z"));
  private final List<SocketChannel> others = new ArrayList<>();
  private ServerSocket trunk;

  @Before
  public void aTrunkWhoseQueueOfConnectionsIsFull() throws IOException {
    trunk = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    for (int i = 0; i < 8; i++) {
      SocketChannel other = SocketChannel.open();
      other.configureBlocking(false);
      other.connect(to());
      others.add(other);
    }
  }

  @After
  public void closeAll() throws IOException {
    trunk.close();
    for (SocketChannel other : others) {
      other.close();
    }
    threads.close();
  }

  @Test
  public void aCallThatCameWhileAnotherOnesConnectionWasFailingHasItsOwn() throws Exception {
    CompletableFuture<Optional<Flow>> first = new CompletableFuture<>();
    CompletableFuture<Optional<Flow>> second = new CompletableFuture<>();
    threads
        .sipThread()
        .execute(
            () -> {
              connect(first);
              connect(second);
            });
    assertTrue("there was no room", first.get(20, TimeUnit.SECONDS).isEmpty());
    for (SocketChannel other : others) {
      other.close();
    }
    Thread taking = new Thread(this::takeAll, "busy-trunk");
    taking.setDaemon(true);
    taking.start();
    assertTrue("there is room again", second.get(20, TimeUnit.SECONDS).isPresent());
  }

  @Test
  public void aCallThatCanNotGoOnLeavesThoseBesideItAlone() throws Exception {
    CompletableFuture<Optional<Flow>> second = new CompletableFuture<>();
    threads
        .sipThread()
        .execute(
            () -> {
              connector.connect(
                  Transport.TCP,
                  to(),
                  "localhost",
                  found -> {
                    throw new IllegalStateException("of this call alone");
                  });
              connect(second);
            });
    Thread taking = new Thread(this::takeAll, "busy-trunk");
    taking.setDaemon(true);
    taking.start();
    assertTrue(second.get(20, TimeUnit.SECONDS).isPresent());
  }

  private void connect(CompletableFuture<Optional<Flow>> found) {
    connector.connect(Transport.TCP, to(), "localhost", found::complete);
  }

  private void takeAll() {
    try {
      while (true) {
        trunk.accept();
      }
    } catch (IOException e) {
      // Closed: the test is over.
      Thread.currentThread().interrupt();
    }
  }

  private InetSocketAddress to() {
    return new InetSocketAddress(trunk.getInetAddress(), trunk.getLocalPort());
  }
}
