package org.latchkey.https.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorRequest.Header;
import org.latchkey.key.Secret;

/** A request on its way in: its header, and as much of its body as has arrived. */
final class Incoming {

  private final HttpRequest head;
  private final ByteBuf body;

  Incoming(HttpRequest head, ByteBufAllocator allocator) {
    this.head = head;
    this.body = allocator.heapBuffer(0, RequestRules.BODY_BYTES);
  }

  /** Adds a piece of the body; {@code false} when that would be too much. */
  boolean add(ByteBuf piece) {
    if (piece.readableBytes() > body.maxWritableBytes()) {
      return false;
    }
    body.writeBytes(piece);
    return true;
  }

  /** The request as a resource sees it; its body is the receiver's to close. */
  DoorRequest toRequest(
      RequestTarget target, InetSocketAddress source, List<X509Certificate> clientCertificates) {
    List<Header> headers =
        head.headers().entries().stream()
            .map(field -> new Header(field.getKey(), field.getValue()))
            .toList();
    byte[] bytes = new byte[body.readableBytes()];
    body.getBytes(body.readerIndex(), bytes);
    Secret content = Secret.copyOf(bytes);
    Arrays.fill(bytes, (byte) 0);
    return new DoorRequest(
        head.method().name(),
        target.path(),
        target.query(),
        headers,
        content,
        source,
        clientCertificates);
  }

  String target() {
    return head.uri();
  }

  HttpVersion version() {
    return head.protocolVersion();
  }

  boolean wantsHeadOnly() {
    return head.method().equals(HttpMethod.HEAD);
  }

  boolean wantsMore() {
    return HttpUtil.isKeepAlive(head);
  }

  /** Wipes the body. */
  void close() {
    if (body.refCnt() > 0) {
      body.release();
    }
  }
}
