package org.latchkey.https.internal.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of a connection's current stage. Sits behind TLS and before HTTP, where it sees the
 * first byte of a request. Lives on the connection's event loop.
 */
final class StageTimer extends ChannelInboundHandlerAdapter {

  private final Deadlines deadlines;
  private final boolean plain;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Future<?> end;
  private @Nullable Stage stage;

  /**
   * For a new connection.
   *
   * @param plain whether its first request begins without a TLS handshake
   */
  StageTimer(Deadlines deadlines, boolean plain) {
    this.deadlines = deadlines;
    this.plain = plain;
  }

  /** Begins a stage; the one before is over. At its end the stage is fired as a user event. */
  void enter(Stage next) {
    cancel();
    ChannelHandlerContext known = context;
    if (known == null || !known.channel().isActive()) {
      return;
    }
    stage = next;
    end =
        known
            .executor()
            .schedule(
                () -> {
                  known.fireUserEventTriggered(next);
                },
                deadlines.of(next).toMillis(),
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (plain) {
      enter(Stage.HEADER);
    }
    ctx.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
      enter(Stage.HEADER);
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (stage == Stage.IDLE) {
      enter(Stage.HEADER);
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancel();
    ctx.fireChannelInactive();
  }

  private void cancel() {
    Future<?> running = end;
    if (running != null) {
      running.cancel(false);
    }
  }
}
