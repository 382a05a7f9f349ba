package org.latchkey.pbx.reference.internal.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/**
 * Hands the messages of one connection to the SIP thread, and stops reading while too many wait
 * there. Closes a stranger's connection when it idles, and anybody's that sends half a message.
 */
final class StreamReader extends SimpleChannelInboundHandler<SipMessage> {

  private static final int MOST_WAITING = 32;

  private final StreamFlow flow;
  private final MessageSink sink;
  private final EventLoop sipThread;
  private final InstantSource clock;
  private final AtomicInteger waiting = new AtomicInteger();

  StreamReader(StreamFlow flow, MessageSink sink, EventLoop sipThread, InstantSource clock) {
    this.flow = flow;
    this.sink = sink;
    this.sipThread = sipThread;
    this.clock = clock;
  }

  /** The connection it reads. */
  StreamFlow flow() {
    return flow;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, SipMessage message) {
    if (waiting.incrementAndGet() == MOST_WAITING) {
      context.channel().config().setAutoRead(false);
    }
    sipThread.execute(
        () -> {
          sink.received(message, flow);
          if (waiting.decrementAndGet() == MOST_WAITING / 2) {
            context.channel().config().setAutoRead(true);
          }
        });
  }

  /** Comes when nothing was read for a while, and again after each such while. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (!(event instanceof IdleStateEvent)) {
      super.userEventTriggered(context, event);
      return;
    }
    StreamFramer framer = context.pipeline().get(StreamFramer.class);
    boolean halfMessage = framer != null && framer.isInMessage();
    if (halfMessage || clock.instant().isAfter(flow.keptUntil())) {
      Channels.close(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Channels.close(context);
  }
}
