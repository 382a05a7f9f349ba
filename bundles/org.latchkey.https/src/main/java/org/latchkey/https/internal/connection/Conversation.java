package org.latchkey.https.internal.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one connection, one after the other: what arrives while one is answered waits
 * here, and nothing more is read from the peer meanwhile. Lives on the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends the connection anyway
final class Conversation extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /** The most requests that a peer may send before it has the answer to the first. */
  private static final int MOST_AHEAD = 16;

  private enum State {
    READING,
    SERVING,
    OVER
  }

  private final DoorKeeper keeper;
  private final StageTimer timer;
  private final Connections.Place place;
  private final Queue<HttpObject> waiting = new ArrayDeque<>();

  private State state = State.READING;
  private @Nullable Incoming current;
  private int ahead;

  /** Which answer is awaited; one that comes too late has another number. */
  private int turn;

  Conversation(DoorKeeper keeper, StageTimer timer, Connections.Place place) {
    this.keeper = keeper;
    this.timer = timer;
    this.place = place;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (state == State.OVER || !(message instanceof HttpObject part)) {
      ReferenceCountUtil.release(message);
      return;
    }
    waiting.add(part);
    if (part instanceof HttpRequest && ++ahead > MOST_AHEAD) {
      end();
      ctx.close();
      return;
    }
    proceed(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Stage.SERVING) {
      turn++;
      keeper.complain("a resource took too long");
      write(ctx, keeper.busy(), false);
    } else if (event instanceof Stage stage) {
      LOG.debug("A peer at the {} door was too slow: {}", keeper.name(), stage);
      // Not through TLS: its farewell would wait behind what the peer does not take.
      ctx.channel().unsafe().close(ctx.voidPromise());
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("A connection at the {} door broke: {}", keeper.name(), cause.getClass().getName());
    end();
    ctx.close();
  }

  private void proceed(ChannelHandlerContext ctx) {
    HttpObject next;
    while (state == State.READING && (next = waiting.poll()) != null) {
      try {
        take(ctx, next);
      } finally {
        ReferenceCountUtil.release(next);
      }
    }
  }

  private void take(ChannelHandlerContext ctx, HttpObject part) {
    if (part instanceof HttpRequest head) {
      ahead--;
      Optional<DoorAnswer> refusal = RequestRules.refusal(head);
      if (refusal.isPresent()) {
        refuse(ctx, refusal.get());
        return;
      }
      timer.enter(Stage.BODY);
      current = new Incoming(head, ctx.alloc());
      if (RequestRules.expectsContinue(head)) {
        ctx.writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
      }
    }
    Incoming incoming = current;
    if (incoming != null && part instanceof HttpContent content) {
      takeContent(ctx, incoming, content);
    }
  }

  private void takeContent(ChannelHandlerContext ctx, Incoming incoming, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      refuse(ctx, RequestRules.badRequest());
    } else if (!incoming.add(content.content())) {
      refuse(ctx, RequestRules.tooLarge());
    } else if (content instanceof LastHttpContent) {
      serve(ctx, incoming);
    }
  }

  private void serve(ChannelHandlerContext ctx, Incoming incoming) {
    state = State.SERVING;
    place.spoke();
    ctx.channel().config().setAutoRead(false);
    timer.enter(Stage.SERVING);
    Optional<RequestTarget> target = RequestTarget.parse(incoming.target());
    if (target.isEmpty()) {
      write(ctx, DoorAnswer.notFound(), incoming.wantsMore());
      return;
    }
    int mine = ++turn;
    DoorRequest request = keeper.request(ctx, incoming, target.get());
    incoming.close();
    if (keeper.answersAtOnce(request)) {
      answered(ctx, mine, keeper.answer(request));
      return;
    }
    try {
      keeper.ask(request, answer -> hand(ctx, mine, answer));
    } catch (RejectedExecutionException e) {
      request.body().close();
      keeper.complain("all its workers were busy");
      write(ctx, keeper.busy(), incoming.wantsMore());
    }
  }

  /** Brings an answer from a worker's thread to the event loop. */
  private void hand(ChannelHandlerContext ctx, int mine, DoorAnswer answer) {
    try {
      ctx.executor().execute(() -> answered(ctx, mine, answer));
    } catch (RejectedExecutionException e) {
      answer.body().close();
    }
  }

  private void answered(ChannelHandlerContext ctx, int mine, DoorAnswer answer) {
    Incoming incoming = current;
    if (mine == turn && state == State.SERVING && incoming != null) {
      write(ctx, answer, incoming.wantsMore() && !keeper.turnsAway(answer));
    } else {
      answer.body().close();
    }
  }

  /** Answers before the whole request was read; what still comes of it is thrown away. */
  private void refuse(ChannelHandlerContext ctx, DoorAnswer answer) {
    Incoming incoming = current;
    HttpVersion version = incoming == null ? HttpVersion.HTTP_1_1 : incoming.version();
    FullHttpResponse response = AnswerEncoder.encode(answer, version, false, false, ctx.alloc());
    end();
    timer.enter(Stage.LINGER);
    ctx.writeAndFlush(response)
        .addListener((ChannelFuture sent) -> keeper.endOutput(sent.channel()));
  }

  private void write(ChannelHandlerContext ctx, DoorAnswer answer, boolean wantsMore) {
    Incoming incoming = current;
    if (incoming == null) {
      answer.body().close();
      return;
    }
    boolean more = wantsMore && !keeper.crowded();
    timer.enter(Stage.ANSWER);
    ChannelFuture sent = ctx.writeAndFlush(encode(ctx, incoming, answer, more));
    if (more) {
      sent.addListener((ChannelFuture done) -> next(ctx, done.isSuccess()));
    } else {
      end();
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private FullHttpResponse encode(
      ChannelHandlerContext ctx, Incoming incoming, DoorAnswer answer, boolean more) {
    boolean head = incoming.wantsHeadOnly();
    try {
      return AnswerEncoder.encode(answer, incoming.version(), head, more, ctx.alloc());
    } catch (IllegalArgumentException | IllegalStateException e) {
      LOG.warn("A resource's answer can't be sent: {}", e.getClass().getName());
      return AnswerEncoder.encode(keeper.broken(), incoming.version(), head, more, ctx.alloc());
    }
  }

  private void next(ChannelHandlerContext ctx, boolean sent) {
    if (!sent || state == State.OVER) {
      ctx.close();
      return;
    }
    forget();
    state = State.READING;
    place.answered();
    timer.enter(Stage.IDLE);
    ctx.channel().config().setAutoRead(true);
    proceed(ctx);
  }

  private void end() {
    state = State.OVER;
    turn++;
    forget();
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  private void forget() {
    Incoming incoming = current;
    if (incoming != null) {
      incoming.close();
    }
    current = null;
  }
}
