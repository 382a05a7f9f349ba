package org.latchkey.pbx.radius.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The UDP port. */
final class UdpListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);
  private static final int BUFFER_BYTES = 1 << 20;

  /** Answers what came from an address; empty for silence. */
  interface Answerer {
    Optional<byte[]> answer(byte[] datagram, InetSocketAddress source);
  }

  private final InetSocketAddress address;
  private final Answerer answerer;
  private final KeptPort port;

  /** Opens the port on a thread of its own. */
  UdpListener(InetSocketAddress address, Answerer answerer) {
    this.address = address;
    this.answerer = answerer;
    port = new KeptPort("RADIUS", address, this::serve);
    port.start();
  }

  /** The port. */
  KeptPort port() {
    return port;
  }

  private void serve(KeptPort kept) throws IOException {
    try (DatagramChannel open = DatagramChannel.open()) {
      open.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
      open.bind(address);
      kept.opened(open, (InetSocketAddress) open.getLocalAddress());
      Duplicates duplicates = new Duplicates();
      ByteBuffer buffer = ByteBuffer.allocateDirect(Packets.MOST_BYTES + 1);
      while (kept.isWanted()) {
        exchange(open, buffer, duplicates);
      }
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
    Duplicates.Exchange exchange = new Duplicates.Exchange(source, datagram);
    Optional<byte[]> answer = duplicates.find(exchange, now);
    if (answer.isEmpty()) {
      answer = answerer.answer(datagram, source);
      answer.ifPresent(bytes -> duplicates.keep(exchange, bytes, now));
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
    port.close();
  }
}
