package org.latchkey.authenticator.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.keyscheme.Ha1;
import org.latchkey.registration.RegisterRequest;

/**
 * What a request must share with an earlier one to be its retransmission, beside nonce and nonce
 * count: response (which covers method and Request-URI), Call-ID, CSeq, branch, Contact and source.
 * Contact above all, since no digest covers it.
 */
final class Evidence {

  private static final int MAX_CHARACTERS = 1024;

  private Evidence() {}

  /** Equal for exact retransmissions only. */
  static String of(RegisterRequest request, String response) {
    StringBuilder all = new StringBuilder(320);
    add(all, response);
    add(all, request.callId());
    add(all, request.cseq());
    add(all, request.branch());
    add(all, request.contact());
    if (request.source().isPresent()) {
      addSource(all, request.source().get());
    }
    return all.length() <= MAX_CHARACTERS ? all.toString() : hash(all.toString());
  }

  /** The length goes first, so that no two requests that differ look the same. */
  private static void add(StringBuilder all, String field) {
    all.append((char) (field.length() >>> 8)).append((char) (field.length() & 0xff)).append(field);
  }

  private static void addSource(StringBuilder all, InetSocketAddress source) {
    all.append((char) (source.getPort() >>> 8)).append((char) (source.getPort() & 0xff));
    InetAddress address = source.getAddress();
    if (address == null) {
      all.append(source.getHostString());
      return;
    }
    for (byte b : address.getAddress()) {
      all.append((char) (b & 0xff));
    }
  }

  private static String hash(String all) {
    MessageDigest digest = Ha1.digest(DigestAlgorithm.SHA_256);
    return HexFormat.of().formatHex(digest.digest(all.getBytes(StandardCharsets.UTF_16BE)));
  }
}
