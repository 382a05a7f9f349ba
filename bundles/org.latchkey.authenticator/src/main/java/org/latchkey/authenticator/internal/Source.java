package org.latchkey.authenticator.internal;

import java.net.InetSocketAddress;
import org.latchkey.registration.RegisterRequest;

/** Where a request came from, as it is told and counted: the address, without the port. */
final class Source {

  private Source() {}

  /** The address; empty when the PBX did not say. */
  static String of(RegisterRequest request) {
    InetSocketAddress source = request.source().orElse(null);
    if (source == null) {
      return "";
    }
    return source.getAddress() == null
        ? source.getHostString()
        : source.getAddress().getHostAddress();
  }
}
