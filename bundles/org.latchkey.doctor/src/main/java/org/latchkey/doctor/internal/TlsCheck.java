package org.latchkey.doctor.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A TLS handshake as a careful phone makes it: known CA, right name, valid today. */
final class TlsCheck {

  private final WitnessedTrust trust;
  private final SSLContext context;
  private final Duration patience;

  /** Checks against certificates that are trusted. */
  TlsCheck(TrustedCertificates trusted, Duration patience)
      throws GeneralSecurityException, IOException {
    this.trust = new WitnessedTrust(trusted.manager());
    this.context = TrustedCertificates.context(trust);
    this.patience = patience;
  }

  /** Shakes hands and says with whom. */
  String handshake(String host, int port) throws Trouble, IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new Trouble(
          "The name %s has no address.".formatted(host),
          "Enter it in the DNS that phones ask, or give Latchkey a publicName that is there.");
    }
    int millis = (int) patience.toMillis();
    try (Socket plain = new Socket()) {
      plain.connect(address, millis);
      plain.setSoTimeout(millis);
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return "%s, certificate for %s until %s."
            .formatted(socket.getSession().getProtocol(), host, leaf.getNotAfter().toInstant());
      }
    } catch (ConnectException e) {
      throw new Trouble(
          "Nobody listens on %s:%d.".formatted(host, port),
          "latchkey:status says whether the listener is up; another program may have had the port when it started.");
    } catch (SocketTimeoutException e) {
      throw new Trouble(
          "%s:%d does not answer within %d ms.".formatted(host, port, millis),
          "Look for a firewall, and for another program on this port: ss -ltnp.");
    } catch (SSLException e) {
      throw diagnosed(e, host, port);
    }
  }

  private Trouble diagnosed(SSLException e, String host, int port) {
    List<String> names = trust.names().orElse(List.of());
    if (trust.names().isPresent() && !WitnessedTrust.covers(names, host)) {
      return new Trouble(
          "The certificate of %s:%d is for another name: %s instead of %s."
              .formatted(host, port, String.join(", ", names), host),
          "Phones refuse it. Set publicName to a name in the certificate, or get a certificate for %s."
              .formatted(host));
    }
    // What is not valid today is said by a cause of what says that there is no path to the CA.
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return new Trouble(
            "The clock says %s, and the certificate of %s:%d is not valid then: %s."
                .formatted(Instant.now(), host, port, cause.getMessage()),
            "Set this machine's clock; if it is right, renew the certificate.");
      }
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("certification path") || message.contains("path validation")) {
        return new Trouble(
            "The certificate of %s:%d is not from the CA that phones are given."
                .formatted(host, port),
            "If it is your own, give phones its CA, and the doctor too (setting caFile). If not, another program has the port: ss -ltnp.");
      }
    }
    return new Trouble(
        "No TLS with %s:%d: %s.".formatted(host, port, e.getMessage()),
        "Another program may have the port: ss -ltnp.");
  }
}
