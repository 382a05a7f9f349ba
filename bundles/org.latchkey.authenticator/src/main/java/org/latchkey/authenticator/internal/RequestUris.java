package org.latchkey.authenticator.internal;

/**
 * Whether the {@code uri} of the credentials is the Request-URI (RFC 3261 section 22.4, item 8):
 * the same characters, but for the case of scheme and host.
 */
final class RequestUris {

  private RequestUris() {}

  /** Compares the {@code uri} parameter with the Request-URI as received. */
  static boolean same(DigestCredentials credentials, String requestUri) {
    int length = credentials.length(Parameter.URI);
    int i = 0;
    while (i < length
        && i < requestUri.length()
        && (credentials.at(Parameter.URI, i) & 0xff) == requestUri.charAt(i)
        && requestUri.charAt(i) < 0x80) {
      i++;
    }
    return (i == length && i == requestUri.length())
        || normal(credentials.text(Parameter.URI)).equals(normal(requestUri));
  }

  /** A character's lower case, in ASCII alone. */
  static int lowerCase(int c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  }

  private static String normal(String uri) {
    int colon = uri.indexOf(':');
    int end = colon + 1;
    while (end < uri.length() && ";?".indexOf(uri.charAt(end)) < 0) {
      end++;
    }
    // A user part may hold ; and ? itself: then the host begins behind the @ that ends it.
    int at = uri.indexOf('@', colon + 1);
    int hostStart = at < 0 ? colon + 1 : at + 1;
    if (hostStart > end) {
      end = hostStart;
      while (end < uri.length() && ";?".indexOf(uri.charAt(end)) < 0) {
        end++;
      }
    }
    return lowered(uri, 0, colon + 1)
        + uri.substring(colon + 1, hostStart)
        + lowered(uri, hostStart, end)
        + uri.substring(end);
  }

  private static String lowered(String text, int start, int end) {
    StringBuilder lower = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      lower.append((char) lowerCase(text.charAt(i)));
    }
    return lower.toString();
  }
}
