package org.latchkey.pbx.radius.internal;

import java.util.List;
import java.util.function.BiConsumer;
import org.aaa4j.radius.core.attribute.Attribute;
import org.aaa4j.radius.core.attribute.RawAttribute;
import org.aaa4j.radius.core.packet.Packet;

/** An Access-Request (RFC 2865 section 4.1) that was taken. */
final class AccessRequest {

  private static final int PROXY_STATE = 33;

  private final Packet packet;

  AccessRequest(Packet packet) {
    this.packet = packet;
  }

  /** Its identifier, 0 to 255. */
  int identifier() {
    return packet.getReceivedFields().getIdentifier();
  }

  /** Its Request Authenticator, 16 bytes, not to be changed. */
  byte[] authenticator() {
    return packet.getReceivedFields().getAuthenticator();
  }

  /** Shows each attribute in order, by type and value. */
  void attributes(BiConsumer<Integer, byte[]> reader) {
    for (Attribute<?> attribute : packet.getAttributes()) {
      if (attribute instanceof RawAttribute raw) {
        reader.accept(raw.getType().head(), raw.getData().getValue());
      }
    }
  }

  /** What proxies on the way want back as it stands (RFC 2865 section 5.33). */
  List<Attribute<?>> proxyStates() {
    return packet.getAttributes().stream()
        .filter(attribute -> attribute.getType().head() == PROXY_STATE)
        .<Attribute<?>>map(attribute -> attribute)
        .toList();
  }
}
