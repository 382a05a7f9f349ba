package org.latchkey.authenticator.internal;

import org.jspecify.annotations.Nullable;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RejectionReason;

/** What credentials must have to be worth a computation (RFC 7616 sections 3.4 and 3.4.6). */
final class CredentialsRules {

  private static final int COUNT_CHARACTERS = 8;
  private static final Parameter[] REQUIRED = {
    Parameter.USERNAME,
    Parameter.NONCE,
    Parameter.URI,
    Parameter.RESPONSE,
    Parameter.CNONCE,
    Parameter.NC,
    Parameter.QOP
  };

  private CredentialsRules() {}

  /** The first rule that is broken, or null when none is. */
  static @Nullable RejectionReason broken(
      DigestCredentials credentials, RegisterRequest request, boolean uriMustMatch) {
    for (Parameter parameter : REQUIRED) {
      if (!credentials.has(parameter)) {
        return RejectionReason.MALFORMED;
      }
    }
    DigestAlgorithm offered = request.algorithm();
    if (!isAlgorithm(credentials, offered)) {
      return RejectionReason.NOT_OFFERED;
    }
    if (credentials.length(Parameter.RESPONSE) != offered.hexLength()
        || credentials.response() == null
        || count(credentials) == 0
        || !is(credentials, Parameter.QOP, "auth")) {
      return RejectionReason.MALFORMED;
    }
    return !uriMustMatch || RequestUris.same(credentials, request.requestUri())
        ? null
        : RejectionReason.OTHER_URI;
  }

  /** The nonce count, 1 to 2^32 - 1; 0 when it is not eight hexadecimal digits. */
  static long count(DigestCredentials credentials) {
    if (credentials.length(Parameter.NC) != COUNT_CHARACTERS) {
      return 0;
    }
    long count = 0;
    for (int i = 0; i < COUNT_CHARACTERS; i++) {
      int digit = Hex.value(credentials.at(Parameter.NC, i));
      if (digit < 0) {
        return 0;
      }
      count = count << 4 | digit;
    }
    return count;
  }

  /** An absent algorithm means MD5, and some phones leave it out. */
  private static boolean isAlgorithm(DigestCredentials credentials, DigestAlgorithm offered) {
    return credentials.has(Parameter.ALGORITHM)
        ? is(credentials, Parameter.ALGORITHM, offered.token())
        : offered == DigestAlgorithm.MD5;
  }

  /** Compared without case, as tokens are (RFC 3261 section 7.3.1). */
  private static boolean is(DigestCredentials credentials, Parameter parameter, String token) {
    if (credentials.length(parameter) != token.length()) {
      return false;
    }
    for (int i = 0; i < token.length(); i++) {
      if (RequestUris.lowerCase(credentials.at(parameter, i))
          != RequestUris.lowerCase(token.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
