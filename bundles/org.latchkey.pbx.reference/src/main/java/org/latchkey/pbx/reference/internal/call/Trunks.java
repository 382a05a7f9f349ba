package org.latchkey.pbx.reference.internal.call;

import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.latchkey.pbx.reference.internal.message.SipUri;
import org.latchkey.pbx.reference.internal.service.DeadlineCalls;
import org.latchkey.pbx.reference.internal.service.Refusals;
import org.latchkey.pbx.reference.internal.transport.Connector;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.pbx.reference.internal.transport.Listeners;
import org.latchkey.pbx.reference.internal.transport.Transport;

/**
 * The ways to targets that are no phones of ours. Names are looked up ahead of the first call, and
 * the last address found is used while a name server is away. On the SIP thread.
 */
final class Trunks implements AutoCloseable {

  private static final int MOST_WAITING = 64;
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final Listeners listeners;
  private final Connector connector;
  private final DeadlineCalls names;
  private final Map<String, InetAddress> addresses = new HashMap<>();

  Trunks(Listeners listeners, Connector connector, EventExecutor sipThread, Refusals refusals) {
    this.listeners = listeners;
    this.connector = connector;
    this.names =
        new DeadlineCalls("latchkey-sip-names", MOST_WAITING, DEADLINE, sipThread, refusals);
  }

  /** Looks up a name now, for later. */
  void learn(SipUri target) {
    lookUp(target.host(), found -> found.ifPresent(a -> addresses.put(target.host(), a)));
  }

  /** Tells the way to a target, or nothing when there is none. */
  void find(SipUri target, Consumer<Optional<Flow>> then) {
    InetAddress known = addresses.get(target.host());
    if (known != null) {
      open(target, known, then);
      return;
    }
    lookUp(
        target.host(),
        found -> {
          found.ifPresent(address -> addresses.put(target.host(), address));
          found.ifPresentOrElse(
              address -> open(target, address, then), () -> then.accept(Optional.empty()));
        });
  }

  /**
   * Tells a way beside one that broke before anything came back on it: a connection that is open
   * still, or a new one.
   */
  void findOther(SipUri target, Flow broken, Consumer<Optional<Flow>> then) {
    InetAddress known = addresses.get(target.host());
    if (known == null || broken.transport() == Transport.UDP) {
      then.accept(Optional.empty());
    } else {
      connector.connectBeside(
          broken, transport(target), socket(target, known), target.host(), then);
    }
  }

  /** Looks after the connections, of which calls need those that {@code needed} tells. */
  void look(Supplier<Set<Flow>> needed) {
    connector.look(needed);
  }

  @Override
  public void close() {
    names.close();
  }

  private void lookUp(String host, Consumer<Optional<InetAddress>> then) {
    names.<Optional<InetAddress>>ask(() -> resolve(host), Optional.empty(), then);
  }

  private static Optional<InetAddress> resolve(String host) {
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private void open(SipUri target, InetAddress address, Consumer<Optional<Flow>> then) {
    Transport transport = transport(target);
    InetSocketAddress to = socket(target, address);
    if (transport == Transport.UDP) {
      then.accept(listeners.datagramsTo(to));
    } else {
      connector.connect(transport, to, target.host(), then);
    }
  }

  private static InetSocketAddress socket(SipUri target, InetAddress address) {
    int usual = transport(target) == Transport.TLS ? 5061 : 5060;
    return new InetSocketAddress(address, target.port() == 0 ? usual : target.port());
  }

  private static Transport transport(SipUri target) {
    if (target.secure() || target.transport().equals("TLS")) {
      return Transport.TLS;
    }
    return target.transport().equals("TCP") ? Transport.TCP : Transport.UDP;
  }
}
