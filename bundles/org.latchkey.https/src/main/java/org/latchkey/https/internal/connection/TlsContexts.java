package org.latchkey.https.internal.connection;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.latchkey.https.internal.certificate.Identity;

/** TLS 1.3 and 1.2 as each door speaks it. */
final class TlsContexts {

  /** Forward secrecy only; the last four are for phones of the TLS 1.2 years. */
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");

  private TlsContexts() {}

  /** A client certificate is asked for, never required, and not verified. */
  static SslContext forPhones(SslProvider provider, Identity identity) throws SSLException {
    return builder(provider, identity)
        .clientAuth(ClientAuth.OPTIONAL)
        .trustManager(new RecordingTrust())
        .build();
  }

  /**
   * A client certificate is of one of the given authorities, or the handshake ends.
   *
   * @param trusted the authorities; when there are none, nobody has one
   * @param demanded whether the handshake ends when there is none, too
   */
  static SslContext forPbxs(
      SslProvider provider, Identity identity, Set<X509Certificate> trusted, boolean demanded)
      throws SSLException {
    SslContextBuilder builder =
        builder(provider, identity).clientAuth(demanded ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
    return trusted.isEmpty()
        ? builder.trustManager(new NoTrust()).build()
        : builder.trustManager(anchors(trusted)).build();
  }

  private static SslContextBuilder builder(SslProvider provider, Identity identity) {
    return SslContextBuilder.forServer(identity.key(), identity.chain())
        .sslProvider(provider)
        .protocols("TLSv1.3", "TLSv1.2")
        .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE);
  }

  private static TrustManagerFactory anchors(Set<X509Certificate> trusted) throws SSLException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (X509Certificate authority : trusted) {
        store.setCertificateEntry("authority-" + number++, authority);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return factory;
    } catch (GeneralSecurityException | IOException e) {
      throw new SSLException("the authorities of PBXs can't be used", e);
    }
  }
}
