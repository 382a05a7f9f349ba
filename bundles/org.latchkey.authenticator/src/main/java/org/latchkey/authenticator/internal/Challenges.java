package org.latchkey.authenticator.internal;

import java.util.List;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.SipAnswer;

/**
 * One challenge with one algorithm, always written out, and {@code qop="auth"}: the only form that
 * every phone answers. Each with a new nonce.
 */
final class Challenges {

  private final Nonces nonces;

  Challenges(Nonces nonces) {
    this.nonces = nonces;
  }

  /** A 401, or a 407 for a proxy (RFC 3261 sections 22.2 and 22.3). */
  SipAnswer answer(RegisterRequest request, Realm realm, boolean stale) {
    String nonce = nonces.issue(realm.bytes(), request.algorithm(), request.aor());
    String challenge =
        "Digest realm=\""
            + realm.name()
            + "\", nonce=\""
            + nonce
            + "\", algorithm="
            + request.algorithm().token()
            + ", qop=\"auth\""
            + (stale ? ", stale=true" : "");
    return request.proxy()
        ? new SipAnswer(
            407,
            "Proxy Authentication Required",
            List.of(new SipAnswer.Header("Proxy-Authenticate", challenge)))
        : new SipAnswer(
            401, "Unauthorized", List.of(new SipAnswer.Header("WWW-Authenticate", challenge)));
  }
}
