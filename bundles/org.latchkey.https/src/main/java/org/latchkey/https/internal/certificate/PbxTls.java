package org.latchkey.https.internal.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PBX door's certificate and trust for listeners of others, on the JDK's TLS. */
public final class PbxTls {

  private static final Logger LOG = LoggerFactory.getLogger(PbxTls.class);

  private PbxTls() {}

  /**
   * A context.
   *
   * @param trusted the authorities of client certificates
   * @return empty when there is none, or when the JDK refuses the certificate or an authority
   */
  public static Optional<SSLContext> context(Identity identity, Set<X509Certificate> trusted) {
    if (trusted.isEmpty()) {
      return Optional.empty();
    }
    char[] none = new char[0];
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry("door", identity.key(), none, identity.chain().toArray(new Certificate[0]));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, none);
      KeyStore authorities = KeyStore.getInstance("PKCS12");
      authorities.load(null, null);
      int number = 0;
      for (X509Certificate authority : trusted) {
        authorities.setCertificateEntry("authority-" + number++, authority);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(authorities);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return Optional.of(context);
    } catch (GeneralSecurityException | IOException e) {
      LOG.warn("RadSec has no certificate: the one of the PBX door can't be used there", e);
      return Optional.empty();
    }
  }
}
