package org.latchkey.https.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest.Header;

/** Turns an answer into HTTP. */
final class AnswerEncoder {

  /** What only the door says. */
  private static final Set<String> OURS =
      Set.of(
          "connection",
          "content-length",
          "content-type",
          "cache-control",
          "date",
          "keep-alive",
          "transfer-encoding",
          "upgrade");

  /** IMF-fixdate (RFC 9110 §5.6.7). */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private AnswerEncoder() {}

  /**
   * The answer in HTTP, in a buffer that is wiped when it was sent. Closes the answer's body.
   *
   * @param version the version of the request
   * @param head whether only the header is wanted
   * @param keepAlive whether the connection stays open
   * @throws IllegalArgumentException when a header of the answer could not be sent as one
   */
  static FullHttpResponse encode(
      DoorAnswer answer,
      HttpVersion version,
      boolean head,
      boolean keepAlive,
      ByteBufAllocator allocator) {
    HttpResponseStatus status = HttpResponseStatus.valueOf(answer.status());
    boolean bodiless = answer.status() == 204 || answer.status() == 304;
    ByteBuf content = allocator.heapBuffer(answer.body().length());
    FullHttpResponse response = new DefaultFullHttpResponse(answered(version), status, content);
    try {
      int length = bodiless ? 0 : fill(content, answer);
      HttpHeaders headers = response.headers();
      for (Header header : answer.headers()) {
        if (!OURS.contains(header.name().toLowerCase(Locale.ROOT))) {
          headers.add(header.name(), header.value());
        }
      }
      headers.set(HttpHeaderNames.DATE, DATE.format(Instant.now()));
      headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
      headers.set("X-Content-Type-Options", "nosniff");
      if (!answer.contentType().isEmpty()) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
      }
      if (!bodiless) {
        headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
      }
      connection(headers, version, keepAlive);
      if (head) {
        content.setZero(0, content.capacity()).clear();
      }
      return response;
    } catch (RuntimeException e) {
      response.release();
      throw e;
    } finally {
      answer.body().close();
    }
  }

  private static int fill(ByteBuf content, DoorAnswer answer) {
    byte[] body = answer.body().copy();
    content.writeBytes(body);
    Arrays.fill(body, (byte) 0);
    return body.length;
  }

  /** An old peer is answered in its own version, everybody else in ours. */
  private static HttpVersion answered(HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_0) ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
  }

  private static void connection(HttpHeaders headers, HttpVersion version, boolean keepAlive) {
    if (!keepAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (version.equals(HttpVersion.HTTP_1_0)) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }
}
