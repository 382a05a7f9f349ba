package org.latchkey.https.internal;

import java.util.List;
import org.latchkey.door.DoorRequest;

/** A request that came without TLS, rid of what could be a secret that everybody has read. */
final class Stripped {

  private Stripped() {}

  /** The request with its method, its path and its User-Agent, and nothing else that it said. */
  static DoorRequest of(DoorRequest request) {
    return new DoorRequest(
        request.method(),
        request.path(),
        "",
        request.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase("User-Agent"))
            .toList(),
        request.body(),
        request.source(),
        List.of());
  }
}
