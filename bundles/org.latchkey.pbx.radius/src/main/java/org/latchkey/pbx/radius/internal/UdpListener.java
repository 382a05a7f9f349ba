package org.latchkey.pbx.radius.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP port, with a thread of its own. A port that is taken is tried again every two seconds.
 */
final class UdpListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);
  private static final int BUFFER_BYTES = 1 << 20;
  private static final long PAUSE_MILLIS = 2_000;
  private static final long END_MILLIS = 5_000;

  /** Answers what came from an address; empty for silence. */
  interface Answerer {
    Optional<byte[]> answer(byte[] datagram, InetSocketAddress source);
  }

  private final InetSocketAddress address;
  private final Answerer answerer;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable DatagramChannel channel;
  private volatile String problem = "";

  /** Opens the port on a thread of its own. */
  UdpListener(InetSocketAddress address, Answerer answerer) {
    this.address = address;
    this.answerer = answerer;
    thread = new Thread(this::run, "latchkey-radius-udp");
    thread.setDaemon(true);
    thread.start();
  }

  /** Why it does not listen; empty when it does. */
  String problem() {
    return problem;
  }

  /** Where it listens, once it does; waits up to five seconds for that. */
  Optional<InetSocketAddress> listeningAt() throws InterruptedException, IOException {
    DatagramChannel open = opened.await(END_MILLIS, TimeUnit.MILLISECONDS) ? channel : null;
    return open == null
        ? Optional.empty()
        : Optional.of((InetSocketAddress) open.getLocalAddress());
  }

  private void run() {
    try {
      do {
        serve();
      } while (!ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    try (DatagramChannel open = DatagramChannel.open()) {
      open.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
      open.bind(address);
      channel = open;
      problem = "";
      opened.countDown();
      Duplicates duplicates = new Duplicates();
      ByteBuffer buffer = ByteBuffer.allocateDirect(Packets.MOST_BYTES + 1);
      while (ended.getCount() > 0) {
        exchange(open, buffer, duplicates);
      }
    } catch (ClosedChannelException e) {
      problem = "it was closed";
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      if (problem.isEmpty()) {
        LOG.warn(
            "RADIUS can't be asked at {}, tried again until it can: {}", address, e.toString());
      }
      problem = e.toString();
    }
  }

  private void exchange(DatagramChannel open, ByteBuffer buffer, Duplicates duplicates)
      throws IOException {
    buffer.clear();
    InetSocketAddress source = (InetSocketAddress) open.receive(buffer);
    if (source == null
        || buffer.position() < Packets.LEAST_BYTES
        || buffer.position() > Packets.MOST_BYTES) {
      return;
    }
    byte[] datagram = new byte[buffer.flip().remaining()];
    buffer.get(datagram);
    long now = System.nanoTime();
    Optional<byte[]> answer = duplicates.find(source, datagram, now);
    if (answer.isEmpty()) {
      answer = answerer.answer(datagram, source);
      answer.ifPresent(bytes -> duplicates.keep(source, datagram, bytes, now));
    }
    if (answer.isPresent()) {
      try {
        open.send(ByteBuffer.wrap(answer.get()), source);
      } catch (ClosedChannelException e) {
        throw e;
      } catch (IOException e) {
        LOG.debug("An answer to {} could not be sent: {}", source, e.toString());
      }
    }
  }

  /** Closes the port; the question that is being answered is answered. */
  @Override
  public void close() {
    ended.countDown();
    DatagramChannel open = channel;
    try {
      if (open != null) {
        open.close();
      }
      thread.join(END_MILLIS);
    } catch (IOException e) {
      LOG.warn("RADIUS' port did not close: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
