package org.latchkey.pbx.reference.internal.service;

import java.util.List;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.message.Answers;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.Text;
import org.latchkey.pbx.reference.internal.message.Via;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.SipAnswer;

/**
 * All that an integrator writes: this PBX's request in the words of the registration-auth SPI, and
 * the SPI's answer in this PBX's words.
 */
public final class RegisterMapping {

  private final String realm;

  /** A mapping for a PBX that challenges for {@code realm}. */
  public RegisterMapping(String realm) {
    this.realm = realm;
  }

  /**
   * The request as the authenticator sees it.
   *
   * @param aor of the To URI of a REGISTER, of the From URI of anything else, aliases resolved
   * @param proxy false for a REGISTER, true for what we would only pass on
   */
  public RegisterRequest request(SipMessage request, Flow flow, Aor aor, boolean proxy) {
    List<String> credentials = request.headers(proxy ? "Proxy-Authorization" : "Authorization");
    return RegisterRequest.of(request.method(), request.uri(), aor)
        .realm(realm)
        .proxy(proxy)
        .algorithm(flow.algorithm())
        .authorizations(credentials.stream().map(Text::read).toList())
        .callId(request.callId())
        .cseq(request.header("CSeq").orElse(""))
        .branch(request.header("Via").flatMap(Via::of).map(Via::branch).orElse(""))
        .contact(String.join(", ", request.headers("Contact")))
        .source(flow.remote())
        .transport(flow.transport().name())
        .build();
  }

  /** The authenticator's answer as a response to the request. */
  public static SipMessage response(SipMessage request, SipAnswer answer, String toTag) {
    SipMessage.Editor response =
        Answers.to(request, answer.status(), Text.write(answer.reasonPhrase()), toTag);
    for (SipAnswer.Header header : answer.headers()) {
      response.add(header.name(), Text.write(header.value()));
    }
    return response.build();
  }
}
