package org.latchkey.pbx.reference.internal.transport;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.latchkey.key.DigestAlgorithm;

/**
 * All listening sockets. A port that is taken and a certificate that is missing hold up only their
 * own listener, and are tried again.
 */
public final class Listeners implements AutoCloseable {

  private static final long RETRY_SECONDS = 2;

  private final SipThreads threads;
  private final MessageSink sink;
  private final Strangers strangers;
  private final ConnectionLimits limits;
  private final Map<Integer, Listener> open = new ConcurrentSkipListMap<>();
  private final Future<?> watch;
  private volatile Certificates certificates;

  /** Watches the files and sockets, from now on, on the threads given. */
  public Listeners(
      SipThreads threads,
      MessageSink sink,
      InstantSource clock,
      Predicate<InetSocketAddress> trunk,
      int connectionsPerSource,
      int connections) {
    this.threads = threads;
    this.sink = sink;
    this.strangers = new Strangers(clock, trunk);
    this.limits = new ConnectionLimits(connectionsPerSource, connections, strangers);
    this.certificates = new Certificates(Path.of("server.pem"), Path.of("server.key"));
    this.watch =
        threads
            .streams()
            .next()
            .scheduleWithFixedDelay(this::look, RETRY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Makes the listeners be these: what is the same stays open.
   *
   * @return done when each was tried once
   */
  public CompletableFuture<Void> apply(List<ListenerSpec> specs, Path chain, Path key) {
    CompletableFuture<Void> tried = new CompletableFuture<>();
    threads
        .streams()
        .next()
        .execute(
            () -> {
              if (!certificates.isOf(chain, key)) {
                certificates = new Certificates(chain, key);
              }
              certificates.refresh();
              threads.sipThread().execute(() -> reconcile(specs, tried));
            });
    return tried;
  }

  /** Each listener as {@code udp 127.0.0.1:5060}, those that are open. */
  public List<String> descriptions() {
    return open.values().stream()
        .filter(l -> l.problem().isEmpty())
        .map(Listener::toString)
        .toList();
  }

  /** Each listener that is not open, with the reason. */
  public List<String> problems() {
    return open.values().stream()
        .filter(l -> !l.problem().isEmpty())
        .map(l -> l + " " + reason(l))
        .toList();
  }

  /** The address of the first open listener of a transport and algorithm. */
  public Optional<InetSocketAddress> address(Transport transport, DigestAlgorithm algorithm) {
    return open.values().stream()
        .filter(l -> l.problem().isEmpty() && l.spec().transport() == transport)
        .filter(l -> l.spec().algorithm() == algorithm)
        .map(Listener::address)
        .findFirst();
  }

  /** A flow to an address by the open UDP listener at a port of ours. */
  public Optional<Flow> datagramsFrom(int localPort, InetSocketAddress remote) {
    return open.values().stream()
        .filter(listener -> listener.port().socket().isPresent())
        .filter(listener -> listener.port().address().getPort() == localPort)
        .findFirst()
        .map(l -> new DatagramFlow(l.port(), remote, l.spec().algorithm()));
  }

  /** A flow to an address by the first open UDP listener. */
  public Optional<Flow> datagramsTo(InetSocketAddress remote) {
    for (Listener listener : open.values()) {
      if (listener.port().socket().isPresent()) {
        return Optional.of(new DatagramFlow(listener.port(), remote, listener.spec().algorithm()));
      }
    }
    return Optional.empty();
  }

  /** Closes all listeners; connections end with the threads. */
  @Override
  public void close() {
    watch.cancel(false);
    open.values().forEach(Listener::close);
  }

  private String reason(Listener listener) {
    boolean waits =
        listener.spec().transport() == Transport.TLS && certificates.current().isEmpty();
    return waits ? "waits for its certificate: " + certificates.problem() : listener.problem();
  }

  private void look() {
    certificates.refresh();
    threads
        .sipThread()
        .execute(
            () -> {
              CompletableFuture<Void> unused = openAll();
            });
  }

  private void reconcile(List<ListenerSpec> specs, CompletableFuture<Void> tried) {
    open.values()
        .removeIf(
            listener -> {
              boolean gone = !specs.contains(listener.spec());
              if (gone) {
                listener.close();
              }
              return gone;
            });
    for (int i = 0; i < specs.size(); i++) {
      ListenerSpec spec = specs.get(i);
      if (open.values().stream().noneMatch(l -> l.spec().equals(spec))) {
        open.put(freeKey(i), listener(spec));
      }
    }
    CompletableFuture<Void> unused = openAll().thenRun(() -> tried.complete(null));
  }

  private int freeKey(int wanted) {
    int key = wanted;
    while (open.containsKey(key)) {
      key++;
    }
    return key;
  }

  private Listener listener(ListenerSpec spec) {
    StreamSetup setup =
        new StreamSetup(
            spec, () -> certificates.current(), limits, sink, threads.sipThread(), strangers);
    return new Listener(spec, threads, setup, sink);
  }

  private CompletableFuture<Void> openAll() {
    CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
    for (Listener listener : open.values()) {
      boolean tls = listener.spec().transport() == Transport.TLS;
      if (!tls || certificates.current().isPresent()) {
        all = CompletableFuture.allOf(all, listener.open());
      }
    }
    return all;
  }
}
