package org.latchkey.example.jain.internal;

import gov.nist.javax.sip.RequestEventExt;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import javax.sip.RequestEvent;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.latchkey.key.Aor;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.SipAnswer;

/**
 * All that an integrator writes for the registration-auth SPI: JAIN-SIP's request in its words, and
 * its answer in JAIN-SIP's.
 *
 * @param realm what it challenges with
 * @param messages makes responses
 * @param headers makes their headers
 */
record Mapping(String realm, MessageFactory messages, HeaderFactory headers) {

  /**
   * The AOR that has to prove itself: of the To URI of a REGISTER, of the From URI of anything
   * else.
   *
   * @throws IllegalArgumentException when the URI has none
   */
  static Aor aor(Request request) {
    boolean register = request.getMethod().equals(Request.REGISTER);
    String uri =
        register
            ? ((ToHeader) request.getHeader(ToHeader.NAME)).getAddress().getURI().toString()
            : ((FromHeader) request.getHeader(FromHeader.NAME)).getAddress().getURI().toString();
    return Aor.ofUri(uri, "");
  }

  /** The request as the authenticator sees it: 401 for a REGISTER, 407 for what is passed on. */
  RegisterRequest request(RequestEvent event, Aor aor) throws UnknownHostException {
    Request request = event.getRequest();
    boolean proxy = !request.getMethod().equals(Request.REGISTER);
    return RegisterRequest.of(request.getMethod(), request.getRequestURI().toString(), aor)
        .realm(realm)
        .proxy(proxy)
        .authorizations(values(request, proxy ? "Proxy-Authorization" : "Authorization"))
        .callId(((CallIdHeader) request.getHeader(CallIdHeader.NAME)).getCallId())
        .cseq(value(request.getHeader(CSeqHeader.NAME).toString()))
        .branch(String.valueOf(((ViaHeader) request.getHeader(ViaHeader.NAME)).getBranch()))
        .contact(String.join(", ", values(request, "Contact")))
        .source(source(event))
        .build();
  }

  /** Where a request came from. */
  static InetSocketAddress source(RequestEvent event) throws UnknownHostException {
    RequestEventExt known = (RequestEventExt) event;
    return new InetSocketAddress(
        InetAddress.getByName(known.getRemoteIpAddress()), known.getRemotePort());
  }

  /** The answer as a response to the request, header by header as it stands. */
  Response response(Request request, SipAnswer answer) throws ParseException {
    Response response = messages.createResponse(answer.status(), request);
    response.setReasonPhrase(answer.reasonPhrase());
    ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
    if (to.getTag() == null) {
      to.setTag(UUID.randomUUID().toString());
    }
    for (SipAnswer.Header header : answer.headers()) {
      response.addHeader(headers.createHeader(header.name(), header.value()));
    }
    return response;
  }

  /** All values of a header, each whole. */
  static List<String> values(Request request, String name) {
    List<String> values = new ArrayList<>();
    Iterator<?> each = request.getHeaders(name);
    each.forEachRemaining(header -> values.add(value(header.toString())));
    return values;
  }

  private static String value(String line) {
    return line.substring(line.indexOf(':') + 1).trim();
  }
}
