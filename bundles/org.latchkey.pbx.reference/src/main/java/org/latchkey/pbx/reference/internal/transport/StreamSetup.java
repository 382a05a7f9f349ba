package org.latchkey.pbx.reference.internal.transport;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Prepares each connection that a listener accepts. */
final class StreamSetup extends ChannelInitializer<SocketChannel> {

  /** How long a stranger's connection may idle. */
  static final int STRANGER_IDLE_SECONDS = 60;

  private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(64 << 10, 512 << 10);

  private final ListenerSpec spec;
  private final Supplier<Optional<SslContext>> certificates;
  private final ConnectionLimits limits;
  private final MessageSink sink;
  private final EventLoop sipThread;
  private final Strangers strangers;

  StreamSetup(
      ListenerSpec spec,
      Supplier<Optional<SslContext>> certificates,
      ConnectionLimits limits,
      MessageSink sink,
      EventLoop sipThread,
      Strangers strangers) {
    this.spec = spec;
    this.certificates = certificates;
    this.limits = limits;
    this.sink = sink;
    this.sipThread = sipThread;
    this.strangers = strangers;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    InetSocketAddress remote = channel.remoteAddress();
    Optional<SslContext> tls = certificates.get();
    if (remote == null || (spec.transport() == Transport.TLS && tls.isEmpty())) {
      Channels.close(channel);
      return;
    }
    InetSocketAddress local = channel.localAddress();
    StreamFlow flow =
        new StreamFlow(channel, spec.transport(), spec.algorithm(), remote, () -> local);
    if (!limits.enter(flow)) {
      Channels.close(channel);
      return;
    }
    channel.closeFuture().addListener(closed -> limits.leave(flow));
    if (spec.transport() == Transport.TLS) {
      tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
    }
    addSip(channel, flow, sink, sipThread, strangers);
  }

  /** Adds what cuts, reads and watches messages. */
  static void addSip(
      SocketChannel channel,
      StreamFlow flow,
      MessageSink sink,
      EventLoop sipThread,
      Strangers strangers) {
    channel.config().setTcpNoDelay(true);
    channel.config().setKeepAlive(true);
    channel.config().setWriteBufferWaterMark(UNREAD);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(new StreamFramer());
    pipeline.addLast(new IdleStateHandler(STRANGER_IDLE_SECONDS, 0, 0, TimeUnit.SECONDS));
    pipeline.addLast(new StreamReader(flow, sink, sipThread, strangers));
  }
}
