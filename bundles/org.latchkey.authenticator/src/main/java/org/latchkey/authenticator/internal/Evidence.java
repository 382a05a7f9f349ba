package org.latchkey.authenticator.internal;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.keyscheme.Ha1;
import org.latchkey.registration.RegisterRequest;

/**
 * What a request must share with an earlier one to be its retransmission, beside nonce and nonce
 * count: response (which covers method and Request-URI), Call-ID, CSeq, branch, Contact and source.
 * Contact above all, since no digest covers it. Equal for exact retransmissions only.
 */
record Evidence(
    String response,
    String callId,
    String cseq,
    String branch,
    String contact,
    Optional<InetSocketAddress> source) {

  private static final int MAX_CHARACTERS = 1024;

  static Evidence of(RegisterRequest request, String response) {
    Evidence all =
        new Evidence(
            response,
            request.callId(),
            request.cseq(),
            request.branch(),
            request.contact(),
            request.source());
    return all.characters() <= MAX_CHARACTERS ? all : all.hashed();
  }

  private int characters() {
    return response.length() + callId.length() + cseq.length() + branch.length() + contact.length();
  }

  /** The same in little memory. The lengths go in, too, to keep the fields apart. */
  private Evidence hashed() {
    MessageDigest digest = Ha1.digest(DigestAlgorithm.SHA_256);
    for (String field : new String[] {response, callId, cseq, branch, contact}) {
      digest.update((field.length() + ":" + field).getBytes(StandardCharsets.UTF_16BE));
    }
    return new Evidence(HexFormat.of().formatHex(digest.digest()), "", "", "", "", source);
  }
}
