package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of Asterisk, by which it asks one question. The answer is one command, {@code SET
 * VARIABLE}; where there is none the connection just ends, and the dialplan has its variable empty,
 * which is no yes. How long all this takes is the port's to bound.
 */
final class AgiConnection {

  private static final Logger LOG = LoggerFactory.getLogger(AgiConnection.class);
  private static final int MOST_REPLY_BYTES = 256;

  /** What does not end an argument of a command. */
  private static final String ANSWER = "[ -~&&[^\"\\\\]]{1,500}";

  /** Knows who may ask, and answers. */
  interface Answerer {
    /** Whether who shows these certificates, leaf first, may ask. */
    boolean knows(List<X509Certificate> chain);

    /** The words that the dialplan compares; empty for none. */
    String answer(AgiQuestion question);
  }

  private final Socket socket;
  private final SSLContext context;
  private final Answerer answerer;

  /** A connection that has come. */
  AgiConnection(Socket socket, SSLContext context, Answerer answerer) {
    this.socket = socket;
    this.context = context;
    this.answerer = answerer;
  }

  /**
   * Answers its question.
   *
   * @param shaken told when the peer has shown a certificate that may ask
   */
  void serve(Runnable shaken) {
    try (SSLSocket secured = secured()) {
      secured.startHandshake();
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate certificate : secured.getSession().getPeerCertificates()) {
        chain.add((X509Certificate) certificate);
      }
      if (!answerer.knows(chain)) {
        LOG.warn(
            "FastAGI refused the certificate of {}: not in certificateNames, or not valid now",
            chain.get(0).getSubjectX500Principal().getName());
        return;
      }
      shaken.run();
      answer(secured.getInputStream(), secured.getOutputStream());
    } catch (IOException e) {
      LOG.debug("A FastAGI connection has ended: {}", e.toString());
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

  private void answer(InputStream in, OutputStream out) throws IOException {
    String answer;
    try (AgiQuestion question = AgiQuestion.read(in)) {
      answer = answerer.answer(question);
    }
    if (!answer.matches(ANSWER)) {
      return;
    }
    out.write(
        "SET VARIABLE LATCHKEY_SAYS \"%s\"\n"
            .formatted(answer)
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    // Before Asterisk has read the command it must not find the connection gone.
    int reply = in.read();
    for (int count = 1; reply >= 0 && reply != '\n' && count < MOST_REPLY_BYTES; count++) {
      reply = in.read();
    }
  }
}
