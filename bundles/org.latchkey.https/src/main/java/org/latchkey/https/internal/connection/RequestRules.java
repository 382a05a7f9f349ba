package org.latchkey.https.internal.connection;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Optional;
import org.latchkey.door.DoorAnswer;

/** What a request must be before anybody is asked to answer it (RFC 9110, RFC 9112). */
final class RequestRules {

  /** The most bytes of a request line. */
  static final int LINE_BYTES = 8 * 1024;

  /** The most bytes of all header fields together. */
  static final int HEADER_BYTES = 16 * 1024;

  /** The most bytes of a body. */
  static final int BODY_BYTES = 64 * 1024;

  private static final int MAJOR = 1;

  private RequestRules() {}

  /** The answer for a request that is refused by its header; empty for a good one. */
  static Optional<DoorAnswer> refusal(HttpRequest request) {
    Throwable broken = request.decoderResult().cause();
    if (broken instanceof TooLongHttpLineException) {
      return refused(414, "URI too long", "A request line may have 8 KiB.");
    }
    if (broken instanceof TooLongHttpHeaderException) {
      return refused(431, "Header too large", "The header of a request may have 16 KiB.");
    }
    if (broken != null || !wellFormed(request)) {
      return Optional.of(badRequest());
    }
    if (request.protocolVersion().majorVersion() != MAJOR) {
      return refused(505, "HTTP version not supported", "Speak HTTP/1.1 or HTTP/1.0.");
    }
    if (request.method().equals(HttpMethod.TRACE) || request.method().equals(HttpMethod.CONNECT)) {
      return refused(501, "Not implemented", "This method is not served here.");
    }
    if (HttpUtil.getContentLength(request, 0L) > BODY_BYTES) {
      return Optional.of(tooLarge());
    }
    return expectsSomethingElse(request)
        ? refused(417, "Expectation failed", "Only 100-continue can be expected.")
        : Optional.empty();
  }

  static DoorAnswer badRequest() {
    return DoorAnswer.problem(400, "Bad request", "This is not HTTP as RFC 9112 has it.");
  }

  static DoorAnswer tooLarge() {
    return DoorAnswer.problem(413, "Content too large", "A request body may have 64 KiB.");
  }

  /** Whether the peer waits for a go-ahead before it sends the body. */
  static boolean expectsContinue(HttpRequest request) {
    return HttpUtil.is100ContinueExpected(request);
  }

  private static boolean wellFormed(HttpRequest request) {
    HttpHeaders headers = request.headers();
    boolean old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    int hosts = headers.getAll(HttpHeaderNames.HOST).size();
    boolean chunked = headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    return (hosts == 1 || (old && hosts == 0))
        && !(chunked && (old || headers.contains(HttpHeaderNames.CONTENT_LENGTH)))
        && (!chunked || HttpUtil.isTransferEncodingChunked(request));
  }

  private static boolean expectsSomethingElse(HttpRequest request) {
    String expected = request.headers().get(HttpHeaderNames.EXPECT);
    return expected != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected.trim());
  }

  private static Optional<DoorAnswer> refused(int status, String title, String detail) {
    return Optional.of(DoorAnswer.problem(status, title, detail));
  }
}
