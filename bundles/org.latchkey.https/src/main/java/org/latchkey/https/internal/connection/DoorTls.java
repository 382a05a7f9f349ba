package org.latchkey.https.internal.connection;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.latchkey.door.Door;
import org.latchkey.https.internal.certificate.Identity;

/**
 * The TLS of a door until its certificates change. Connections that began with it keep it.
 *
 * @param provider who does it
 * @param context certificates and trust
 */
record DoorTls(SslProvider provider, SslContext context) {

  /**
   * TLS for a door.
   *
   * @param trusted whose client certificates the PBX door takes
   * @param demanded whether it demands one
   */
  static DoorTls of(
      Door door,
      SslProvider provider,
      Identity identity,
      Set<X509Certificate> trusted,
      boolean demanded)
      throws SSLException {
    return new DoorTls(
        provider,
        door == Door.PHONES
            ? TlsContexts.forPhones(provider, identity)
            : TlsContexts.forPbxs(provider, identity, trusted, demanded));
  }

  /** The handler of a new connection. BoringSSL renegotiates with nobody by itself. */
  SslHandler handler(ByteBufAllocator allocator, Duration handshake) {
    SslHandler handler =
        provider == SslProvider.JDK
            ? new TlsHandler(context.newEngine(allocator))
            : context.newHandler(allocator);
    handler.setHandshakeTimeout(handshake.toMillis(), TimeUnit.MILLISECONDS);
    return handler;
  }
}
