package org.latchkey.pbx.radius.internal;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of one PBX over TLS; packets follow one another (RFC 6613 section 2.6.4). */
final class RadsecConnection {

  private static final Logger LOG = LoggerFactory.getLogger(RadsecConnection.class);
  private static final int IDLE_MILLIS = 15 * 60 * 1_000;
  private static final int HEAD_BYTES = 4;

  /** Knows the holders of certificates, and answers them. */
  interface Answerer {
    /** Whether the holder of a certificate of this common name may ask. */
    boolean knows(String commonName);

    /** Answers a packet of the holder; empty for silence. */
    Optional<byte[]> answer(byte[] packet, String commonName);
  }

  private final Socket socket;
  private final SSLContext context;
  private final Supplier<Optional<SSLContext>> tls;
  private final Answerer answerer;

  /**
   * A connection that has come.
   *
   * @param context with which it is secured
   * @param tls what would secure one that comes now; another one ends this
   */
  RadsecConnection(
      Socket socket, SSLContext context, Supplier<Optional<SSLContext>> tls, Answerer answerer) {
    this.socket = socket;
    this.context = context;
    this.tls = tls;
    this.answerer = answerer;
  }

  /**
   * Answers until the peer goes, says nothing for a quarter of an hour, sends what is no packet, or
   * could not come again as it came.
   *
   * @param shaken asked when the peer has shown a certificate that may ask: whether it may stay
   */
  void serve(BooleanSupplier shaken) {
    try (SSLSocket secured = secured()) {
      secured.startHandshake();
      X509Certificate certificate = (X509Certificate) secured.getSession().getPeerCertificates()[0];
      String name = commonName(certificate);
      if (!answerer.knows(name)) {
        LOG.warn("RadSec refused the certificate of {}: not in radsecNames", name);
        return;
      }
      if (shaken.getAsBoolean()) {
        secured.setSoTimeout(IDLE_MILLIS);
        exchange(secured, certificate, name);
      }
    } catch (EOFException e) {
      LOG.debug("A RadSec peer has gone");
    } catch (IOException e) {
      LOG.debug("A RadSec connection has ended: {}", e.toString());
    }
  }

  private SSLSocket secured() throws IOException {
    socket.setTcpNoDelay(true);
    SSLSocket secured =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), 0, true);
    secured.setUseClientMode(false);
    secured.setNeedClientAuth(true);
    secured.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return secured;
  }

  private void exchange(SSLSocket secured, X509Certificate certificate, String name)
      throws IOException {
    DataInputStream in = new DataInputStream(secured.getInputStream());
    OutputStream out = secured.getOutputStream();
    while (true) {
      byte[] head = new byte[HEAD_BYTES];
      in.readFully(head);
      int length = Packets.saidLength(head);
      if (length < Packets.LEAST_BYTES || length > Packets.MOST_BYTES) {
        return;
      }
      byte[] packet = Arrays.copyOf(head, length);
      in.readFully(packet, HEAD_BYTES, length - HEAD_BYTES);
      if (!isStillGood(certificate, name)) {
        LOG.warn("RadSec ended the connection of {}: its certificate or ours has changed", name);
        return;
      }
      Optional<byte[]> answer = answerer.answer(packet, name);
      if (answer.isPresent()) {
        out.write(answer.get());
        out.flush();
      }
    }
  }

  /** A connection outlives neither its certificate nor the trust that it came with. */
  private boolean isStillGood(X509Certificate certificate, String name) {
    try {
      certificate.checkValidity();
    } catch (CertificateException e) {
      return false;
    }
    return answerer.knows(name) && tls.get().filter(now -> now == context).isPresent();
  }

  private static String commonName(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(rdn -> rdn.getType().toUpperCase(Locale.ROOT).equals("CN"))
              .map(rdn -> String.valueOf(rdn.getValue()))
              .findFirst()
              .orElse("");
    } catch (InvalidNameException e) {
      return "";
    }
  }
}
