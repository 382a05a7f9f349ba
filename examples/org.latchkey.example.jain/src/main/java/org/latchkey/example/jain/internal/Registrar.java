package org.latchkey.example.jain.internal;

import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sip.RequestEvent;
import javax.sip.message.Request;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.key.Aor;
import org.latchkey.pbx.Registration;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.AuthenticationResult.Accepted;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.SipAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the example answers: a registrar, and a server that redirects calls. By one thread. */
final class Registrar {

  private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
  private static final int MOVED = 302;
  private static final long PATIENCE_NANOS = 20_000_000_000L;
  static final SipAnswer AWAY =
      new SipAnswer(503, "Service Unavailable", List.of(new SipAnswer.Header("Retry-After", "5")));

  private final String domain;
  private final Mapping mapping;
  private final Bindings bindings;
  private final Supplier<Optional<RegistrationAuthenticator>> authenticator;
  private final Supplier<Optional<CallAdmission>> admission;
  private final LongSupplier nanoTime;
  private Optional<Long> awaySince = Optional.empty();

  Registrar(
      String domain,
      Mapping mapping,
      Bindings bindings,
      Supplier<Optional<RegistrationAuthenticator>> authenticator,
      Supplier<Optional<CallAdmission>> admission,
      LongSupplier nanoTime) {
    this.domain = domain;
    this.mapping = mapping;
    this.bindings = bindings;
    this.authenticator = authenticator;
    this.admission = admission;
    this.nanoTime = nanoTime;
  }

  /** The answer to a request; empty when there shall be none. */
  Optional<SipAnswer> answer(RequestEvent event) {
    try {
      return switch (event.getRequest().getMethod()) {
        case Request.REGISTER, Request.INVITE -> proved(event);
        case Request.OPTIONS -> Optional.of(plain(200, "OK"));
        case Request.ACK -> Optional.empty();
        default -> Optional.of(plain(405, "Method Not Allowed"));
      };
    } catch (IllegalArgumentException | UnknownHostException e) {
      return Optional.of(plain(400, "Bad Request"));
    }
  }

  private Optional<SipAnswer> proved(RequestEvent event) throws UnknownHostException {
    Aor aor = Mapping.aor(event.getRequest());
    if (!aor.domain().equals(domain)) {
      return Optional.of(plain(403, "Forbidden"));
    }
    Optional<AuthenticationResult> result = ask(event, aor);
    if (result.isEmpty()) {
      return patient(AWAY);
    }
    return result
        .get()
        .fold(
            accepted -> answered(accepted(event, accepted)),
            challenged -> answered(challenged.answer()),
            rejected -> answered(rejected.answer()),
            notOurs -> answered(notOurs.refusal()),
            unavailable -> patient(unavailable.answer()));
  }

  /** Whoever is absent, throws or says nothing has not said yes. */
  private Optional<AuthenticationResult> ask(RequestEvent event, Aor aor)
      throws UnknownHostException {
    var request = mapping.request(event, aor);
    bindings.begin();
    try {
      return authenticator.get().map(one -> one.authenticate(request));
    } catch (RuntimeException e) {
      LOG.warn("The authenticator failed", e);
      return Optional.empty();
    }
  }

  private SipAnswer accepted(RequestEvent event, Accepted accepted) {
    try {
      return event.getRequest().getMethod().equals(Request.REGISTER)
          ? bindings.register(event.getRequest(), accepted, Mapping.source(event))
          : call(event.getRequest(), accepted);
    } catch (UnknownHostException e) {
      return AWAY;
    }
  }

  private SipAnswer call(Request request, Accepted caller) {
    String dialled = request.getRequestURI().toString();
    Optional<Aor> called = called(dialled);
    CallAttempt.Builder attempt =
        CallAttempt.by(caller(caller), dialled)
            .callId(String.join("", Mapping.values(request, "Call-ID")));
    called.ifPresent(attempt::called);
    List<Registration> phones = called.map(bindings::of).orElse(List.of());
    if (phones.isEmpty()) {
      return becomes(attempt.build(), plain(480, "Temporarily Unavailable"));
    }
    List<SipAnswer> answers =
        phones.stream()
            .map(
                phone ->
                    becomes(
                        attempt.calledKeyIdentifier(phone.keyIdentifier()).build(),
                        moved(phone.contact())))
            .distinct()
            .toList();
    List<SipAnswer.Header> contacts =
        answers.stream()
            .filter(one -> one.status() == MOVED)
            .flatMap(one -> one.headers().stream())
            .toList();
    return contacts.isEmpty() ? answers.get(0) : moved(contacts);
  }

  private Originator caller(Accepted caller) {
    boolean registered =
        bindings.of(caller.aor()).stream()
            .anyMatch(one -> one.keyIdentifier().equals(caller.keyIdentifier()));
    return new Originator.Phone(caller.keyIdentifier(), caller.aor(), registered);
  }

  /** What becomes of a call to one phone: of several, those ring that may. */
  private SipAnswer becomes(CallAttempt attempt, SipAnswer whenAdmitted) {
    return decision(attempt)
        .map(
            decision ->
                decision.fold(
                    admitted -> whenAdmitted,
                    permitted -> moved(permitted.destination().target()),
                    refused -> plain(refused.status(), refused.reasonPhrase()),
                    unavailable -> AWAY))
        .orElse(AWAY);
  }

  private Optional<AdmissionDecision> decision(CallAttempt attempt) {
    try {
      return admission.get().map(one -> one.admit(attempt));
    } catch (RuntimeException e) {
      LOG.warn("The quarantine failed", e);
      return Optional.empty();
    }
  }

  private Optional<Aor> called(String dialled) {
    try {
      return Optional.of(Aor.ofUri(dialled, domain)).filter(aor -> aor.domain().equals(domain));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<SipAnswer> answered(SipAnswer answer) {
    awaySince = Optional.empty();
    return Optional.of(answer);
  }

  /** Silence on UDP makes the phone ask again in half a second; after 20 s it hears that. */
  private Optional<SipAnswer> patient(SipAnswer answer) {
    long now = nanoTime.getAsLong();
    long since = awaySince.orElse(now);
    awaySince = Optional.of(since);
    return Optional.of(answer).filter(late -> now - since > PATIENCE_NANOS);
  }

  private static SipAnswer moved(String contact) {
    return moved(List.of(new SipAnswer.Header("Contact", '<' + contact + '>')));
  }

  private static SipAnswer moved(List<SipAnswer.Header> contacts) {
    return new SipAnswer(MOVED, "Moved Temporarily", contacts);
  }

  private static SipAnswer plain(int status, String reasonPhrase) {
    return new SipAnswer(status, reasonPhrase, List.of());
  }
}
