package org.latchkey.pbx.reference.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.latchkey.pbx.reference.internal.message.ContentLength;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.SipParser;

/**
 * Cuts messages out of a stream by Content-Length (RFC 3261 section 18.3) and answers keep-alives
 * (RFC 5626 section 4.4.1). A stream in which the next message can't be found is closed: going on
 * would let its sender choose where one begins.
 */
final class StreamFramer extends ByteToMessageDecoder {

  /** The most bytes of a header. */
  static final int MAX_HEAD = 32 * 1024;

  /** The most bytes of a body. */
  static final int MAX_BODY = 64 * 1024;

  /** Told further on when CRLFs came between messages: a ping or a pong. */
  enum KeepAlive {
    CAME
  }

  private static final long MESSAGE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final ByteBuf HEAD_END_BUFFER =
      Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(HEAD_END));

  /** How many bytes the message at the front has; 0 when its header is not complete. */
  private int wanted;

  private int searched;
  private long begunNanos;

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (wanted == 0 && !keepAlives(context, in)) {
      return;
    }
    if (wanted == 0 && !head(context, in)) {
      closeWhenTooSlow(context);
      return;
    }
    if (in.readableBytes() < wanted) {
      closeWhenTooSlow(context);
      return;
    }
    byte[] frame = ByteBufUtil.getBytes(in.readSlice(wanted));
    wanted = 0;
    searched = 0;
    begunNanos = 0;
    SipParser.parse(frame, MAX_HEAD).ifPresentOrElse(out::add, () -> Channels.close(context));
  }

  /** Whether a message has begun and not all of it is here. */
  boolean isInMessage() {
    return actualReadableBytes() > 0;
  }

  /** A message has to be complete soon after it began, however its bytes drip. */
  private void closeWhenTooSlow(ChannelHandlerContext context) {
    long now = System.nanoTime();
    if (begunNanos == 0) {
      begunNanos = now;
    } else if (now - begunNanos > MESSAGE_NANOS) {
      Channels.close(context);
    }
  }

  /** Takes CRLFs away from the front; false when nothing else is there. */
  private static boolean keepAlives(ChannelHandlerContext context, ByteBuf in) {
    int pairs = 0;
    while (in.readableBytes() >= 2
        && in.getByte(in.readerIndex()) == '\r'
        && in.getByte(in.readerIndex() + 1) == '\n') {
      in.skipBytes(2);
      pairs++;
    }
    if (pairs > 0) {
      context.fireUserEventTriggered(KeepAlive.CAME);
    }
    if (pairs >= 2 && context.channel().isWritable()) {
      Channels.write(context, Unpooled.wrappedBuffer(PONG));
    }
    return in.isReadable();
  }

  /** Looks for the end of the header; false when it is not there yet. */
  private boolean head(ChannelHandlerContext context, ByteBuf in) {
    int from = Math.max(0, searched - HEAD_END.length);
    ByteBuf rest = in.slice(in.readerIndex() + from, in.readableBytes() - from);
    int found = ByteBufUtil.indexOf(HEAD_END_BUFFER, rest);
    searched = in.readableBytes();
    int end = found < 0 ? -1 : from + found + HEAD_END.length;
    if (end > MAX_HEAD || (end < 0 && in.readableBytes() > MAX_HEAD)) {
      in.skipBytes(in.readableBytes());
      Channels.close(context);
      return false;
    }
    if (end < 0) {
      return false;
    }
    byte[] head = new byte[end];
    in.getBytes(in.readerIndex(), head);
    int body = bodyLength(head);
    if (body < 0 || body > MAX_BODY) {
      in.skipBytes(in.readableBytes());
      Channels.close(context);
      return false;
    }
    wanted = end + body;
    return true;
  }

  private static int bodyLength(byte[] head) {
    Optional<SipMessage> message = SipParser.parse(head, MAX_HEAD);
    if (message.isEmpty()) {
      return ContentLength.WRONG;
    }
    int length = ContentLength.of(message.get());
    if (length != ContentLength.NONE) {
      return length;
    }
    return message.get().fault().isEmpty() ? 0 : ContentLength.WRONG;
  }
}
