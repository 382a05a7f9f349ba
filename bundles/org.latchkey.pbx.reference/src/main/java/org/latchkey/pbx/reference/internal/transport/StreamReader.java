package org.latchkey.pbx.reference.internal.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/**
 * Hands the messages of one connection to the SIP thread, and stops reading while too many wait
 * there. Closes a stranger's connection when it idles or gets old, and anybody's that sends half a
 * message.
 */
final class StreamReader extends SimpleChannelInboundHandler<SipMessage> {

  /** How old a stranger's connection may get, whatever comes on it. */
  static final int STRANGER_SECONDS = 120;

  private static final int MOST_WAITING = 32;

  private final StreamFlow flow;
  private final MessageSink sink;
  private final EventLoop sipThread;
  private final Strangers strangers;
  private final AtomicInteger waiting = new AtomicInteger();
  private @Nullable ScheduledFuture<?> age;

  StreamReader(StreamFlow flow, MessageSink sink, EventLoop sipThread, Strangers strangers) {
    this.flow = flow;
    this.sink = sink;
    this.sipThread = sipThread;
    this.strangers = strangers;
  }

  /** The connection it reads. */
  StreamFlow flow() {
    return flow;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    age =
        context
            .executor()
            .scheduleWithFixedDelay(
                () -> endStranger(context), STRANGER_SECONDS, STRANGER_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    ScheduledFuture<?> scheduled = age;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, SipMessage message) {
    flow.heard(strangers.clock().instant());
    if (waiting.incrementAndGet() == MOST_WAITING) {
      context.channel().config().setAutoRead(false);
    }
    sipThread.execute(
        () -> {
          try {
            sink.received(message, flow);
          } finally {
            if (waiting.decrementAndGet() == MOST_WAITING / 2) {
              context.executor().execute(() -> readOn(context));
            }
          }
        });
  }

  /**
   * Reads again unless too many wait by now. Only the connection's own thread says whether it
   * reads: what another said might be overtaken by what that had decided before.
   */
  private void readOn(ChannelHandlerContext context) {
    if (waiting.get() < MOST_WAITING) {
      context.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    sipThread.execute(() -> sink.ended(flow));
    context.fireChannelInactive();
  }

  private void endStranger(ChannelHandlerContext context) {
    if (strangers.own(flow)) {
      Channels.close(context);
    }
  }

  /** Comes for a keep-alive, and when nothing was read for a while, after each such while. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event == StreamFramer.KeepAlive.CAME) {
      flow.alive(strangers.clock().instant());
      return;
    }
    if (!(event instanceof IdleStateEvent)) {
      super.userEventTriggered(context, event);
      return;
    }
    StreamFramer framer = context.pipeline().get(StreamFramer.class);
    boolean halfMessage = framer != null && framer.isInMessage();
    if (halfMessage || strangers.mayNotIdle(flow)) {
      Channels.close(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Channels.close(context);
  }
}
