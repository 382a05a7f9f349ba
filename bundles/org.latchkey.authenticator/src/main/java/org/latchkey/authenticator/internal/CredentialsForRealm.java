package org.latchkey.authenticator.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.latchkey.registration.RejectionReason;

/**
 * Which of a request's credentials are for our realm. Those for other realms are for other servers
 * on the way (RFC 3261 section 22.3) and ignored.
 *
 * @param credentials the one set for our realm, or null
 * @param problem why there is not exactly one, or null when there is one or none at all
 */
record CredentialsForRealm(
    @Nullable DigestCredentials credentials, @Nullable RejectionReason problem) {

  private static final int MAX_HEADERS = 16;

  /** Chooses among the values of Authorization or Proxy-Authorization. */
  static CredentialsForRealm choose(List<String> authorizations, byte[] realm) {
    if (authorizations.size() > MAX_HEADERS) {
      return new CredentialsForRealm(null, RejectionReason.MALFORMED);
    }
    DigestCredentials ours = null;
    for (String value : authorizations) {
      DigestCredentials credentials = DigestParser.parse(value);
      if (credentials == null) {
        if (DigestParser.isDigest(value)) {
          return new CredentialsForRealm(null, RejectionReason.MALFORMED);
        }
      } else if (!credentials.has(Parameter.REALM)) {
        return new CredentialsForRealm(null, RejectionReason.MALFORMED);
      } else if (credentials.means(Parameter.REALM, realm)) {
        if (ours != null) {
          return new CredentialsForRealm(null, RejectionReason.AMBIGUOUS);
        }
        ours = credentials;
      }
    }
    return new CredentialsForRealm(ours, null);
  }
}
