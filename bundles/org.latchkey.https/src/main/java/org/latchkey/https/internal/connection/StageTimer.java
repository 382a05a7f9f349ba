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
  private @Nullable Stage stage;

  /** When the stage must be over, on the executor's clock. */
  private long endNanos;

  /** Who looks next; perhaps long before the end, since a new stage does not call it off. */
  private @Nullable Future<?> look;

  private long lookNanos;

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
    ChannelHandlerContext known = context;
    if (known == null || !known.channel().isActive()) {
      cancel();
      return;
    }
    stage = next;
    endNanos = known.executor().ticker().nanoTime() + deadlines.of(next).toNanos();
    if (look == null || endNanos - lookNanos < 0) {
      cancel();
      lookAt(known, endNanos);
    }
  }

  private void lookAt(ChannelHandlerContext known, long nanos) {
    lookNanos = nanos;
    look =
        known
            .executor()
            .schedule(
                () -> look(known),
                nanos - known.executor().ticker().nanoTime(),
                TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext known) {
    look = null;
    Stage present = stage;
    if (endNanos - known.executor().ticker().nanoTime() > 0) {
      lookAt(known, endNanos);
    } else if (present != null) {
      known.fireUserEventTriggered(present);
    }
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
    Future<?> running = look;
    if (running != null) {
      running.cancel(false);
      look = null;
    }
  }
}
