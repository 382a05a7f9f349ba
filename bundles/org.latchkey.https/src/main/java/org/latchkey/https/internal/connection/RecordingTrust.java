package org.latchkey.https.internal.connection;

import java.security.cert.X509Certificate;

/**
 * The trust of the phones' door: any client certificate passes the handshake and is handed on as
 * not verified. Whoever needs proof checks the chain against its own anchors. No issuer is listed,
 * so that a phone is not silent because its maker's authority is missing from the list.
 */
final class RecordingTrust extends NoTrust {

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    // Accepted: the chain is in the session, for the resource that judges it.
  }
}
