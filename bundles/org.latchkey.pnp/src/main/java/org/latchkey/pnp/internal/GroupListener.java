package org.latchkey.pnp.internal;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what is sent to a multicast group, on a thread of its own, and sends answers from a port of
 * its own: a PBX may have the same port of this machine's own addresses. Opens its socket anew when
 * it breaks, and when network interfaces come or go.
 */
final class GroupListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupListener.class);
  private static final Duration AGAIN = Duration.ofSeconds(3);
  private static final int LOOK_MILLIS = 10_000;
  private static final long END_SECONDS = 5;

  /** Answers datagrams; never throws. */
  @FunctionalInterface
  interface Answerer {
    Optional<Answer> answer(byte[] datagram, InetSocketAddress source, OwnAddress own);
  }

  /** Our own address as others see it. */
  @FunctionalInterface
  interface OwnAddress {
    /** The address and port that what is sent to {@code peer} comes from. */
    Optional<InetSocketAddress> towards(InetSocketAddress peer);
  }

  private final InetSocketAddress group;
  private final List<String> names;
  private final Answerer answerer;
  private final Consumer<String> problems;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "latchkey-pnp");
  private volatile @Nullable MulticastSocket open;
  private volatile String problem = "not listening yet";

  private GroupListener(
      InetSocketAddress group, List<String> names, Answerer answerer, Consumer<String> problems) {
    this.problems = problems;
    this.group = group;
    this.names = names;
    this.answerer = answerer;
  }

  /**
   * Starts to listen.
   *
   * @param names of the interfaces; none: all
   * @param problems told why nothing is heard, each time that this changes; empty: all is well
   */
  static GroupListener started(
      InetSocketAddress group, List<String> names, Answerer answerer, Consumer<String> problems) {
    GroupListener listener = new GroupListener(group, names, answerer, problems);
    listener.thread.setDaemon(true);
    listener.thread.start();
    return listener;
  }

  /** Why nothing is heard; empty when all is well. */
  Optional<String> problem() {
    return Optional.of(problem).filter(words -> !words.isEmpty());
  }

  @Override
  public void close() {
    closed.countDown();
    MulticastSocket socket = open;
    if (socket != null) {
      socket.close();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      do {
        try (MulticastSocket socket = new MulticastSocket(null);
            DatagramSocket out = new DatagramSocket()) {
          open = socket;
          listen(socket, out);
        } catch (IOException e) {
          is(e.getMessage() == null ? e.getClass().getName() : e.getMessage());
        }
      } while (!closed.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen(MulticastSocket socket, DatagramSocket out) throws IOException {
    socket.setReuseAddress(true);
    // The group's own address: what is sent to this machine's addresses is a PBX's.
    socket.bind(group);
    List<NetworkInterface> joined = interfaces();
    if (joined.isEmpty()) {
      throw new SocketException("there is no such network interface that can do multicast");
    }
    for (NetworkInterface one : joined) {
      socket.joinGroup(group, one);
    }
    socket.setSoTimeout(LOOK_MILLIS);
    is("");
    DatagramPacket packet =
        new DatagramPacket(new byte[Subscribe.MOST_BYTES + 1], Subscribe.MOST_BYTES + 1);
    while (closed.getCount() > 0) {
      try {
        packet.setLength(Subscribe.MOST_BYTES + 1);
        socket.receive(packet);
        heard(packet, out);
      } catch (SocketTimeoutException e) {
        if (!interfaces().equals(joined)) {
          return;
        }
      }
    }
  }

  private void heard(DatagramPacket packet, DatagramSocket out) {
    byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
    InetSocketAddress source = (InetSocketAddress) packet.getSocketAddress();
    try {
      Optional<Answer> answer = answerer.answer(datagram, source, peer -> own(peer, out));
      if (answer.isPresent()) {
        send(out, answer.get().ok());
        send(out, answer.get().notice());
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("A phone could not be answered: {}", e.toString());
    }
  }

  private static void send(DatagramSocket out, Answer.Datagram datagram) throws IOException {
    byte[] bytes = datagram.bytes();
    out.send(new DatagramPacket(bytes, bytes.length, datagram.to()));
  }

  private static Optional<InetSocketAddress> own(InetSocketAddress peer, DatagramSocket out) {
    try (DatagramSocket probe = new DatagramSocket()) {
      // Sends nothing: it asks the routing table.
      probe.connect(peer);
      InetAddress address = probe.getLocalAddress();
      return Optional.of(new InetSocketAddress(address, out.getLocalPort()));
    } catch (SocketException e) {
      return Optional.empty();
    }
  }

  private List<NetworkInterface> interfaces() throws SocketException {
    List<NetworkInterface> found = new ArrayList<>();
    for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
      boolean wanted =
          names.isEmpty()
              ? one.supportsMulticast() && !one.isLoopback()
              : names.contains(one.getName());
      if (wanted && one.isUp() && hasIpv4(one)) {
        found.add(one);
      }
    }
    return found;
  }

  private static boolean hasIpv4(NetworkInterface one) {
    return one.inetAddresses().anyMatch(address -> address.getAddress().length == 4);
  }

  private void is(String now) {
    if (closed.getCount() > 0 && !now.equals(problem)) {
      problem = now;
      problems.accept(now);
    }
  }
}
