package org.latchkey.pbx.reference.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.RejectionReason;
import org.latchkey.registration.SipAnswer;

/**
 * An authenticator that really checks digests: the key identifier of {@code 1001@example.org} is
 * {@code k1001}, its secret {@code secret-1001}.
 */
final class KeyedAuthenticator implements RegistrationAuthenticator {

  private final String nonce = UUID.randomUUID().toString();
  final AtomicBoolean unavailable = new AtomicBoolean();

  static String keyOf(String user) {
    return "k" + user;
  }

  static String secretOf(String user) {
    return "secret-" + user;
  }

  @Override
  public AuthenticationResult authenticate(RegisterRequest request) {
    if (unavailable.get()) {
      return new AuthenticationResult.Unavailable("told to be", Duration.ofSeconds(5));
    }
    SipAnswer challenge = challenge(request);
    if (request.authorizations().isEmpty()) {
      return new AuthenticationResult.Challenged(challenge, false);
    }
    Map<String, String> p = Digests.parameters(request.authorizations().get(0));
    String user = request.aor().user();
    String expected = Digests.response(request.algorithm(), p, secretOf(user), request.method());
    boolean right =
        expected.equals(p.get("response"))
            && keyOf(user).equals(p.get("username"))
            && nonce.equals(p.get("nonce"))
            && request.requestUri().equals(p.get("uri"));
    return right
        ? new AuthenticationResult.Accepted(keyOf(user), request.aor(), false)
        : new AuthenticationResult.Rejected(challenge, RejectionReason.WRONG_SECRET);
  }

  private SipAnswer challenge(RegisterRequest request) {
    return new SipAnswer(
        request.proxy() ? 407 : 401,
        request.proxy() ? "Proxy Authentication Required" : "Unauthorized",
        List.of(
            new SipAnswer.Header(
                request.proxy() ? "Proxy-Authenticate" : "WWW-Authenticate",
                "Digest realm=\"%s\", nonce=\"%s\", qop=\"auth\", algorithm=%s"
                    .formatted(
                        request.realm().orElseThrow(), nonce, request.algorithm().token()))));
  }
}
