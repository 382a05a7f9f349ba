package org.latchkey.pbx.reference.internal.call;

import java.util.regex.Pattern;
import org.latchkey.pbx.reference.internal.message.SipUri;

/** Where a phone may send a trunk by REFER: the trunk would dial it in our name, so to phones. */
final class ReferTarget {

  /** The header of an attended transfer (RFC 3891) is all that a URI may carry. */
  private static final Pattern HEADERS = Pattern.compile("(?i)[^?]*(\\?Replaces=[^&?]*)?");

  private ReferTarget() {}

  /** Whether a URI names an AOR of ours and no other way to anywhere. */
  static boolean isOwn(String uri, CallContext context) {
    return context.ownAor(uri).isPresent()
        && HEADERS.matcher(uri).matches()
        && SipUri.of(uri).filter(one -> one.parameters().containsKey("maddr")).isEmpty();
  }
}
