package org.latchkey.doctor.internal;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts as another does, and remembers the certificate it was asked about: one that is refused can
 * then be described.
 */
final class WitnessedTrust extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager judge;
  private @Nullable X509Certificate leaf;

  /** Trusts as {@code judge} does. */
  WitnessedTrust(X509ExtendedTrustManager judge) {
    this.judge = judge;
  }

  /** The DNS names and addresses in the certificate that was seen; empty when none was. */
  Optional<List<String>> names() {
    return Optional.ofNullable(leaf).map(WitnessedTrust::names);
  }

  /** Whether a name stands in a list, itself or as the first label of a wildcard. */
  static boolean covers(List<String> names, String host) {
    String wanted = host.toLowerCase(Locale.ROOT);
    String wildcard = wanted.replaceFirst("^[^.]+", "*");
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(name -> name.equals(wanted) || name.equals(wildcard));
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      return Stream.ofNullable(certificate.getSubjectAlternativeNames())
          .flatMap(names -> names.stream())
          .map(name -> name.get(1))
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    leaf = chain[0];
    judge.checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    leaf = chain[0];
    judge.checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    leaf = chain[0];
    judge.checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    judge.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }
}
