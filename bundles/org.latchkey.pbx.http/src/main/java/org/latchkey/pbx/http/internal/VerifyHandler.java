package org.latchkey.pbx.http.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Aor;
import org.latchkey.pbx.http.internal.Question.BadQuestionException;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.SipAnswer;

/**
 * {@code POST /v1/verify}: whether a SIP request with these Authorization headers comes from the
 * holder of the key of its AOR. Challenges are ours, so that no HA1 leaves Latchkey and replay is
 * ours to notice.
 */
final class VerifyHandler implements Handler {

  private static final Set<String> FIELDS =
      Collections.unmodifiableSet(
          new TreeSet<>(
              Set.of(
                  "method",
                  "requestUri",
                  "aor",
                  "realm",
                  "proxy",
                  "algorithm",
                  "authorization",
                  "callId",
                  "cseq",
                  "branch",
                  "contact",
                  "source",
                  "port",
                  "transport")));

  private final PbxSite site;
  private final LatchkeyServices services;

  VerifyHandler(PbxSite site, LatchkeyServices services) {
    this.site = site;
    this.services = services;
  }

  @Override
  public Set<String> fields() {
    return FIELDS;
  }

  @Override
  public DoorAnswer answer(Question question) throws BadQuestionException {
    Aor aor = question.aor("aor");
    String realm = question.text("realm", site.realm());
    if (!realm.equals(site.realm()) || !site.domains().contains(aor.domain())) {
      return JsonAnswer.of(
          Map.of("result", "rejected", "status", "403", "reasonPhrase", "Forbidden"));
    }
    RegisterRequest.Builder request =
        RegisterRequest.of(question.text("method"), question.text("requestUri"), aor)
            .realm(realm)
            .proxy(question.flag("proxy"))
            .algorithm(question.algorithm())
            .authorizations(question.texts("authorization"))
            .callId(question.text("callId"))
            .cseq(question.text("cseq"))
            .branch(question.text("branch"))
            .contact(question.text("contact"))
            .transport(question.text("transport", "UDP"));
    request.source(
        question.source().orElseThrow(() -> new BadQuestionException("source is missing")));
    Optional<RegistrationAuthenticator> authenticator = services.authenticator();
    if (authenticator.isEmpty()) {
      return JsonAnswer.unavailable();
    }
    AuthenticationResult result = authenticator.get().authenticate(request.build());
    return result.fold(
        accepted ->
            JsonAnswer.of(
                Map.of(
                    "result", "accepted",
                    "keyIdentifier", accepted.keyIdentifier(),
                    "aor", accepted.aor().toString())),
        challenged -> sip("challenged", challenged.answer(), Map.of()),
        rejected -> sip("rejected", rejected.answer(), Map.of()),
        notOurs -> sip("not-ours", notOurs.refusal(), Map.of("username", notOurs.username())),
        unavailable -> JsonAnswer.unavailable());
  }

  /** The answer for the phone: status, reason phrase, and header lines as they go on the wire. */
  private static DoorAnswer sip(String result, SipAnswer answer, Map<String, String> more) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("result", result);
    fields.put("status", Integer.toString(answer.status()));
    fields.put("reasonPhrase", answer.reasonPhrase());
    fields.put(
        "headers",
        answer.headers().stream()
            .map(header -> header.name() + ": " + header.value() + "\r\n")
            .collect(Collectors.joining()));
    fields.putAll(more);
    return JsonAnswer.of(fields);
  }
}
