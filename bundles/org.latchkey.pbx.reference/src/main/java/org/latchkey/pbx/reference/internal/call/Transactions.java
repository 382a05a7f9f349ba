package org.latchkey.pbx.reference.internal.call;

import io.netty.util.concurrent.EventExecutor;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.Tags;
import org.latchkey.pbx.reference.internal.message.Via;
import org.latchkey.pbx.reference.internal.transport.Flow;

/** All transactions (RFC 3261 section 17). On the SIP thread. */
final class Transactions {

  private static final String COOKIE = "z9hG4bK";
  private static final String OURS = COOKIE + "lk";
  private static final int BRANCH_BYTES = 12;

  private final EventExecutor timers;
  private final Tags tags;
  private final SecureRandom random = new SecureRandom();
  private final String node;
  private final Rooms rooms;
  private final Map<String, ServerTransaction> servers = new HashMap<>();
  private final Map<String, ClientTransaction> clients = new HashMap<>();

  /** What was sent on each connection, which may end. */
  private final Map<Flow, Set<ClientTransaction>> onConnection = new HashMap<>();

  Transactions(EventExecutor timers, Tags tags, Rooms rooms) {
    this.timers = timers;
    this.rooms = rooms;
    this.tags = tags;
    this.node = OURS + hex(4);
  }

  /** How many there are. */
  int size() {
    return servers.size() + clients.size();
  }

  /** The room for calls to a permitted destination, or for all others when there is none. */
  Room room(@Nullable Destination destination) {
    return rooms.of(destination);
  }

  /** The room for emergency calls, and for what an emergency service calls back. */
  Room emergencyRoom() {
    return rooms.ofKind(Kind.EMERGENCY);
  }

  /** Whether a request is one that came before; then its last answer went again. */
  boolean absorb(SipMessage request, Flow flow) {
    ServerTransaction known = servers.get(key(request, request.method(), flow));
    if (known != null) {
      known.repeated();
    }
    return known != null;
  }

  /**
   * Opens the transaction of a request that {@link #absorb} does not know.
   *
   * @param account what it is counted to
   * @param forgotten run when nothing of it is left
   */
  ServerTransaction open(SipMessage request, Flow flow, Room.Account account, Runnable forgotten) {
    String key = key(request, request.method(), flow);
    Runnable forget =
        () -> {
          servers.remove(key);
          forgotten.run();
        };
    ServerTransaction opened =
        new ServerTransaction(request, flow, tags.of(request), timers, account.share(), forget);
    servers.put(key, opened);
    return opened;
  }

  /** The INVITE that an ACK or a CANCEL is for, by branch and source. */
  Optional<ServerTransaction> invite(SipMessage request, Flow flow) {
    return Optional.ofNullable(servers.get(key(request, "INVITE", flow)));
  }

  /** A branch that nobody can guess. */
  String newBranch() {
    return node + hex(BRANCH_BYTES);
  }

  /** Whether a request has been here before (section 16.3 step 4). */
  boolean isLooping(SipMessage request) {
    return request.values("Via").stream()
        .anyMatch(via -> Via.of(via).filter(v -> v.branch().startsWith(node)).isPresent());
  }

  /** Sends a request of our own, whose first Via is ours. */
  ClientTransaction send(SipMessage request, Flow flow, ClientTransaction.Answered answered) {
    return send(request, flow, rooms.of(null).ofOurs(), answered);
  }

  /** Sends a request whose first Via is ours; it is counted to {@code account}. */
  ClientTransaction send(
      SipMessage request, Flow flow, Room.Account account, ClientTransaction.Answered answered) {
    String key = clientKey(request.values("Via"), request.method());
    ClientTransaction started =
        new ClientTransaction(request, flow, answered, timers, account.share(), () -> forget(key));
    clients.put(key, started);
    if (flow.transport().isReliable()) {
      onConnection.computeIfAbsent(flow, f -> new LinkedHashSet<>()).add(started);
    }
    started.start();
    return started;
  }

  /** Hands an answer to the request it is for; others are dropped. */
  void received(SipMessage response, Flow flow) {
    List<String> vias = response.values("Via");
    ClientTransaction sent =
        vias.isEmpty() ? null : clients.get(clientKey(vias, response.method()));
    if (sent != null && sent.isFrom(flow)) {
      sent.received(response, flow);
    }
  }

  /** A connection ended: what was sent on it and not answered is told so. */
  void ended(Flow connection) {
    List.copyOf(onConnection.getOrDefault(connection, Set.of()))
        .forEach(ClientTransaction::connectionEnded);
  }

  /** The ways that transactions go by. */
  Stream<Flow> flows() {
    return Stream.concat(
        servers.values().stream().map(ServerTransaction::flow),
        clients.values().stream().map(ClientTransaction::flow));
  }

  private void forget(String key) {
    ClientTransaction forgotten = clients.remove(key);
    if (forgotten != null) {
      onConnection.computeIfPresent(
          forgotten.flow(),
          (flow, others) -> {
            others.remove(forgotten);
            return others.isEmpty() ? null : others;
          });
    }
  }

  /** What is passed on of an answer: all but our Via. */
  static SipMessage withoutOurVia(SipMessage response) {
    List<String> vias = response.values("Via");
    return response.edit().setAll("Via", vias.subList(1, vias.size())).build();
  }

  private String hex(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  private static String clientKey(List<String> vias, String method) {
    return Via.of(vias.get(0)).map(Via::branch).orElse("") + ' ' + method;
  }

  /** What a request, its resends, its ACK and its CANCEL have in common. */
  static String key(SipMessage request, String method, Flow flow) {
    String branch = request.header("Via").flatMap(Via::of).map(Via::branch).orElse("");
    return branch
        + ' '
        + method
        + ' '
        + request.callId()
        + ' '
        + request.cseq()
        + ' '
        + flow.source();
  }
}
