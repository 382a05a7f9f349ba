package org.latchkey.https.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * TLS of one connection by the JDK. A peer that starts a second handshake on it (renegotiation, up
 * to TLS 1.2) is cut off: no phone does, and each costs as much as a connection without being
 * counted as one.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed close ends the connection anyway
final class TlsHandler extends SslHandler {

  /** The type of a handshake record (RFC 5246 §6.2.1); TLS 1.3 hides its own behind another. */
  private static final byte HANDSHAKE = 22;

  TlsHandler(SSLEngine engine) {
    super(engine);
  }

  /** Is given whole records or the beginning of one, always from the start of a record. */
  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws SSLException {
    if (handshakeFuture().isSuccess() && in.getByte(in.readerIndex()) == HANDSHAKE) {
      in.skipBytes(in.readableBytes());
      ctx.close();
    } else {
      super.decode(ctx, in, out);
    }
  }
}
