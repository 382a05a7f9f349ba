package org.latchkey.https.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * TLS of one connection by the JDK. A peer that starts a second handshake on it (TLS 1.2
 * renegotiation) is cut off: no phone does, and each costs as much as a connection without being
 * counted as one.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends the connection anyway
final class TlsHandler extends SslHandler {

  TlsHandler(SSLEngine engine) {
    super(engine);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws SSLException {
    boolean done = handshakeFuture().isSuccess();
    super.decode(ctx, in, out);
    if (done && renegotiates()) {
      ctx.channel().close();
    }
  }

  private boolean renegotiates() {
    HandshakeStatus status = engine().getHandshakeStatus();
    return status != HandshakeStatus.NOT_HANDSHAKING
        && !engine().isInboundDone()
        && engine().getSession().getProtocol().equals("TLSv1.2");
  }
}
