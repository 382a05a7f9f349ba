package org.latchkey.pbx.reference.internal.message;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** Answers of our own to a request (RFC 3261 section 8.2.6). */
public final class Answers {

  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(100, "Trying"),
          Map.entry(200, "OK"),
          Map.entry(400, "Bad Request"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(416, "Unsupported URI Scheme"),
          Map.entry(420, "Bad Extension"),
          Map.entry(480, "Temporarily Unavailable"),
          Map.entry(481, "Call/Transaction Does Not Exist"),
          Map.entry(482, "Loop Detected"),
          Map.entry(483, "Too Many Hops"),
          Map.entry(486, "Busy Here"),
          Map.entry(487, "Request Terminated"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(505, "Version Not Supported"));

  private Answers() {}

  /** The usual reason phrase of a status. */
  public static String reason(int status) {
    return REASONS.getOrDefault(status, "Refused");
  }

  /** Starts an answer with the usual reason phrase and a To tag. */
  public static SipMessage.Editor to(SipMessage request, int status, String toTag) {
    return to(request, status, reason(status), toTag);
  }

  /** Starts an answer: Via, From, To with a tag, Call-ID and CSeq are there. */
  public static SipMessage.Editor to(SipMessage request, int status, String reason, String toTag) {
    SipMessage.Editor answer = SipMessage.response(status, reason);
    request.headers("Via").forEach(via -> answer.add("Via", via));
    request.header("From").ifPresent(from -> answer.add("From", from));
    request
        .header("To")
        .ifPresent(
            to ->
                answer.add(
                    "To",
                    status == 100 || !request.tag("To").isEmpty() ? to : to + ";tag=" + toTag));
    request.header("Call-ID").ifPresent(id -> answer.add("Call-ID", id));
    request.header("CSeq").ifPresent(cseq -> answer.add("CSeq", cseq));
    return answer;
  }

  /** The request with its first Via saying where it really came from. */
  public static SipMessage received(SipMessage request, InetSocketAddress source) {
    List<String> vias = request.values("Via");
    Via.of(vias.get(0)).ifPresent(via -> vias.set(0, via.receivedFrom(source).text()));
    return request.edit().setAll("Via", vias).build();
  }
}
