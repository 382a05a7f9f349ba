package org.latchkey.pbx.reference.internal.call;

import java.time.Duration;
import java.util.Optional;
import org.latchkey.pbx.reference.internal.message.DigestChallenge;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.registrar.Binding;
import org.latchkey.pbx.reference.internal.service.ChallengeAnswer;
import org.latchkey.pbx.reference.internal.service.DeadlineCalls;
import org.latchkey.pbx.reference.internal.service.LatchkeyServices;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.registration.Ha1Source;

/**
 * Tells phones to fetch their configuration, by a NOTIFY outside a dialog (RFC 6665, as phone
 * vendors use it). A phone that challenges it hears it once more, with the digest of its own key:
 * by that it knows its PBX from others who would have it fetch or start anew. Nobody else is given
 * a digest. On the SIP thread.
 */
final class CheckSyncs implements AutoCloseable {

  private static final int MOST_ASKED = 1_024;
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final String UNANSWERED = "A phone's challenge of a check-sync is not answered";

  private final CallContext context;
  private final LatchkeyServices services;
  private final DeadlineCalls calls;
  private final ChallengeAnswer answers = new ChallengeAnswer();

  CheckSyncs(CallContext context, LatchkeyServices services) {
    this.context = context;
    this.services = services;
    this.calls =
        new DeadlineCalls(
            "latchkey-sip-check-sync", MOST_ASKED, DEADLINE, context.timers(), context.refusals());
  }

  /** Tells one phone. */
  void tell(Binding binding, String event) {
    Flow flow = binding.flow();
    String branch = context.transactions().newBranch();
    SipMessage notify =
        SipMessage.request("NOTIFY", binding.contact())
            .add("Via", Requests.via(flow, branch))
            .add("Max-Forwards", "70")
            .add("From", "<sip:" + binding.aor().domain() + ">;tag=" + branch)
            .add("To", "<" + binding.contact() + ">")
            .add("Call-ID", branch + "@" + binding.aor().domain())
            .add("CSeq", "1 NOTIFY")
            .add("Event", event)
            .add("Subscription-State", "terminated")
            .build();
    context.transactions().send(notify, flow, new Told(binding, notify));
  }

  @Override
  public void close() {
    calls.close();
  }

  /** Answers the challenge of the phone that was told, if it is one of its own line's. */
  private void challenged(Binding binding, SipMessage notify, SipMessage response) {
    boolean proxy = response.status() == 407;
    Optional<DigestChallenge> challenge =
        response.headers(proxy ? "Proxy-Authenticate" : "WWW-Authenticate").stream()
            .flatMap(value -> DigestChallenge.of(value).stream())
            .filter(one -> one.realm().equals(context.settings().realm()))
            .findFirst();
    Optional<Ha1Source> source = services.ha1s();
    if (challenge.isEmpty() || source.isEmpty()) {
      String why = challenge.isEmpty() ? "another realm or method" : "no authenticator is there";
      context.refusals().note(UNANSWERED, binding.aor() + ": " + why);
      return;
    }
    calls.<Optional<String>>ask(
        () ->
            answers.to(
                challenge.get(), notify, binding.keyIdentifier(), binding.aor(), source.get()),
        Optional.empty(),
        answer ->
            answer.ifPresentOrElse(
                value -> again(binding, notify, proxy, value),
                () ->
                    context
                        .refusals()
                        .note(UNANSWERED, binding.aor() + ": its key does not authenticate")));
  }

  private void again(Binding binding, SipMessage notify, boolean proxy, String credentials) {
    SipMessage proved =
        notify
            .edit()
            .set("Via", Requests.via(binding.flow(), context.transactions().newBranch()))
            .set("CSeq", (notify.cseq() + 1) + " NOTIFY")
            .add(proxy ? "Proxy-Authorization" : "Authorization", credentials)
            .build();
    context.transactions().send(proved, binding.flow(), new CallSetup.Unheard());
  }

  /** What a phone says when it is told. */
  private final class Told implements ClientTransaction.Answered {
    private final Binding binding;
    private final SipMessage notify;

    Told(Binding binding, SipMessage notify) {
      this.binding = binding;
      this.notify = notify;
    }

    @Override
    public void answer(SipMessage response, Flow from) {
      boolean challenge = response.status() == 401 || response.status() == 407;
      if (challenge && from.equals(binding.flow())) {
        challenged(binding, notify, response);
      } else if (challenge) {
        context.refusals().note(UNANSWERED, "it is from " + from.source());
      }
    }

    @Override
    public void noAnswer() {
      // It is told again within the hour, or fetches by itself.
    }
  }
}
