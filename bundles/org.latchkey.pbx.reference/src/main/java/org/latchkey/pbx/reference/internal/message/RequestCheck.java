package org.latchkey.pbx.reference.internal.message;

import java.util.List;
import java.util.Optional;

/** Whether a request has what every request must have (RFC 3261 section 8.1.1), once each. */
public final class RequestCheck {

  private static final List<String> ONCE =
      List.of("From", "To", "Call-ID", "CSeq", "Max-Forwards", "Expires", "Event");
  private static final int MAX_VIAS = 70;

  /** The most characters of a tag, branch or Call-ID. */
  public static final int MAX_ID = 512;

  private RequestCheck() {}

  /** What is wrong with a request, in words for a reason phrase; empty when nothing is. */
  public static Optional<String> fault(SipMessage request) {
    if (!request.fault().isEmpty()) {
      return Optional.of(request.fault());
    }
    for (String name : ONCE) {
      if (request.headers(name).size() > 1) {
        return Optional.of("there are two of " + name);
      }
    }
    if (!address(request, "From") || !address(request, "To")) {
      return Optional.of("From or To is not an address");
    }
    if (request.callId().isEmpty() || request.callId().length() > MAX_ID) {
      return Optional.of("there is no Call-ID");
    }
    if (tooLong(request, "From") || tooLong(request, "To")) {
      return Optional.of("a tag is too long");
    }
    return numbers(request).or(() -> branch(request));
  }

  /**
   * Whether an answer to a request can find its way: whether its Vias can be read. An answer
   * repeats them all, so that without this a few bytes for each would make it many times the
   * request.
   */
  public static boolean answerable(SipMessage request) {
    List<String> vias = request.values("Via");
    return !vias.isEmpty()
        && vias.size() <= MAX_VIAS
        && vias.stream().allMatch(via -> Via.of(via).isPresent());
  }

  private static Optional<String> numbers(SipMessage request) {
    String cseq = request.header("CSeq").orElse("");
    if (!cseq.matches("\\d{1,10}[ \\t]+\\S{1,32}") || request.cseq() > Integer.MAX_VALUE) {
      return Optional.of("CSeq is not a number and a method");
    }
    if (!cseq.endsWith(request.method()) || cseq.length() == request.method().length()) {
      return Optional.of("CSeq names another method");
    }
    String hops = request.header("Max-Forwards").orElse("70");
    if (!hops.matches("\\d{1,3}")) {
      return Optional.of("Max-Forwards is not a number");
    }
    String expires = request.header("Expires").orElse("0");
    return expires.matches("\\d{1,10}")
        ? Optional.empty()
        : Optional.of("Expires is not a number of seconds");
  }

  private static Optional<String> branch(SipMessage request) {
    boolean branch =
        Via.of(request.values("Via").get(0))
            .filter(via -> via.branch().length() <= MAX_ID)
            .isPresent();
    return branch ? Optional.empty() : Optional.of("the branch of Via is too long");
  }

  private static boolean address(SipMessage request, String name) {
    return request.header(name).flatMap(NameAddr::of).isPresent();
  }

  private static boolean tooLong(SipMessage request, String name) {
    return request.tag(name).length() > MAX_ID;
  }
}
