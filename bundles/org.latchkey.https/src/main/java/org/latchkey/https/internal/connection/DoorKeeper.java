package org.latchkey.https.internal.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;

/**
 * What the conversations of a door share: the workers behind it, and its standing answers.
 *
 * @param name the door's name
 * @param answerer asks the resource; never throws
 * @param workers run the answerer; reject when they are all busy and their queue is full
 * @param connections the open connections
 * @param complaints who was turned away
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends the connection anyway
record DoorKeeper(
    String name,
    Answerer answerer,
    Executor workers,
    Connections connections,
    Complaints complaints) {

  private static final String RETRY_SECONDS = "2";

  /** The answer for a peer that should come again soon. */
  DoorAnswer busy() {
    return DoorAnswer.problem(503, "Service unavailable", "Try again in a few seconds.")
        .with("Retry-After", RETRY_SECONDS);
  }

  /** The answer when a resource failed. */
  DoorAnswer broken() {
    return DoorAnswer.problem(500, "Internal error", "The log of this server says why.");
  }

  /** Whether {@link #answer} may be called on the event loop. */
  boolean answersAtOnce(DoorRequest request) {
    return answerer.answersAtOnce(request);
  }

  /** Answers a request, and ends its body. */
  DoorAnswer answer(DoorRequest request) {
    try {
      return answerer.answer(request);
    } finally {
      request.body().close();
    }
  }

  /**
   * Has a request answered on a worker's thread.
   *
   * @throws java.util.concurrent.RejectedExecutionException when there is no room for it
   */
  void ask(DoorRequest request, Consumer<DoorAnswer> answered) {
    workers.execute(() -> answered.accept(answer(request)));
  }

  /** The request with what the connection knows of its peer. */
  DoorRequest request(ChannelHandlerContext ctx, Incoming incoming, RequestTarget target) {
    return incoming.toRequest(
        target, (InetSocketAddress) ctx.channel().remoteAddress(), certificates(ctx));
  }

  /** Somebody was turned away. */
  void complain(String reason) {
    complaints.add(reason);
  }

  /**
   * Whether a connection ends with this answer: a stranger at the PBX door keeps no place there.
   */
  boolean turnsAway(DoorAnswer answer) {
    return name.equals("pbx") && answer.status() == 401;
  }

  /** Whether connections should not be kept open for a next request. */
  boolean crowded() {
    return connections.crowded();
  }

  /** Tells the peer that nothing more comes, while what it still sends is read. */
  void endOutput(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (channel instanceof SocketChannel socket) {
      socket.shutdownOutput();
    }
  }

  private static List<X509Certificate> certificates(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (tls == null) {
      return List.of();
    }
    try {
      Certificate[] chain = tls.engine().getSession().getPeerCertificates();
      return Stream.of(chain).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }
}
