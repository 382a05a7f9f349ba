package org.latchkey.pbx.reference.internal.call;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.pbx.reference.internal.message.SipUri;

/**
 * Where a phone may send a trunk by REFER: the trunk would dial it in our name, so to registered
 * phones. A number of anybody else is no AOR of ours, whatever domain stands behind it: a trunk
 * looks at the number.
 */
final class ReferTarget {

  /** The header of an attended transfer (RFC 3891) is all that a URI may carry. */
  private static final Pattern HEADERS = Pattern.compile("(?i)[^?]*(?:\\?Replaces=([^&?]*))?");

  private ReferTarget() {}

  /**
   * The Refer-To of a registered phone, written anew so that it names no other way to anywhere;
   * empty when a URI names none.
   */
  static Optional<String> toPhone(String uri, CallContext context) {
    Matcher headers = HEADERS.matcher(uri);
    if (SipUri.of(uri).filter(one -> !one.parameters().containsKey("maddr")).isEmpty()
        || !headers.matches()) {
      return Optional.empty();
    }
    String replaces = headers.group(1) == null ? "" : "?Replaces=" + headers.group(1);
    return context
        .ownAor(uri)
        .filter(aor -> !context.bindings().of(aor).isEmpty())
        .map(aor -> '<' + aor.toUri() + replaces + '>');
  }
}
