package org.latchkey.doctor.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.latchkey.door.PublicAddress;

/** The certificates that a phone trusts, taken from the file that phones are given. */
final class TrustedCertificates {

  private final List<X509Certificate> certificates;

  private TrustedCertificates(List<X509Certificate> certificates) {
    this.certificates = certificates;
  }

  /**
   * Reads them.
   *
   * @param setting the administrator's file, empty text for none
   */
  static TrustedCertificates of(PublicAddress doors, String setting) throws Trouble {
    Optional<Path> file = setting.isEmpty() ? doors.caFile() : Optional.of(Path.of(setting));
    try {
      String pem =
          file.isPresent()
              ? Files.readString(file.get(), StandardCharsets.US_ASCII)
              : doors.caPem();
      return ofPem(pem);
    } catch (IOException | CertificateException e) {
      throw new Trouble(
          "The CA file %s can't be read (%s)."
              .formatted(file.map(Path::toString).orElse("of the doors"), e.getMessage()),
          "Bring it back: phones are given this file, and trust no other.");
    }
  }

  /** Reads them from PEM; none in an empty text. */
  static TrustedCertificates ofPem(String pem) throws CertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    if (!pem.isBlank()) {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
      for (Certificate one : factory.generateCertificates(new ByteArrayInputStream(bytes))) {
        certificates.add((X509Certificate) one);
      }
    }
    return new TrustedCertificates(List.copyOf(certificates));
  }

  /** All of them; none when the Java runtime's own are meant. */
  List<X509Certificate> all() {
    return certificates;
  }

  /** A context that trusts them and nobody else; the Java runtime's own when there are none. */
  SSLContext context() throws GeneralSecurityException, IOException {
    return context(manager());
  }

  /** A context that trusts as a manager does. */
  static SSLContext context(X509ExtendedTrustManager manager) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {manager}, null);
    return context;
  }

  /** A manager that trusts them and nobody else; the Java runtime's own when there are none. */
  X509ExtendedTrustManager manager() throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(certificates.isEmpty() ? null : store());
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("this Java runtime has no trust manager for certificates");
  }

  private KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("ca" + i, certificates.get(i));
    }
    return store;
  }
}
