package org.latchkey.pbx.http.internal.freeswitch;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Aor;
import org.latchkey.pbx.http.internal.Form;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.freeswitch.XmlAnswer.Action;

/**
 * The dialplan: whether a call of a phone with a key may go on. FreeSWITCH comes here by way of its
 * own file, where the permitted destinations are, with a caller who has proved its key; and every
 * answer but one for another context says what becomes of the call, since an answer that is not
 * there leaves it to a file that refuses.
 */
final class Dialplan {

  /** Where each call of a phone begins, in a file of FreeSWITCH's own. */
  static final String FIRST_CONTEXT = "latchkey";

  /** The context that is asked for here. */
  static final String CONTEXT = "latchkey-admission";

  /** The fields that are read. */
  static final Set<String> FIELDS =
      Set.of(
          "section",
          "Hunt-Context",
          "Caller-Context",
          "Hunt-Destination-Number",
          "Caller-Destination-Number",
          "variable_latchkey_key",
          "variable_latchkey_aor",
          "variable_sip_call_id",
          "variable_sip_req_host");

  private final PbxSite site;
  private final FreeSwitchSettings settings;
  private final Services services;
  private final LiveRegistrations registrations;
  private final Clock clock;

  Dialplan(
      PbxSite site,
      FreeSwitchSettings settings,
      Services services,
      LiveRegistrations registrations,
      Clock clock) {
    this.site = site;
    this.settings = settings;
    this.services = services;
    this.registrations = registrations;
    this.clock = clock;
  }

  DoorAnswer answer(Form form) {
    if (!form.get("Hunt-Context", "Caller-Context").equals(CONTEXT)) {
      return XmlAnswer.notFound();
    }
    String dialled = form.get("Hunt-Destination-Number", "Caller-Destination-Number");
    String key = form.get("variable_latchkey_key");
    Optional<Aor> aor = caller(form.get("variable_latchkey_aor"));
    if (!Names.isDialled(dialled)) {
      return respond(404, "Not Found");
    }
    if (!Names.isKeyIdentifier(key) || aor.isEmpty()) {
      return respond(403, "Forbidden");
    }
    try {
      return decided(form, dialled, key, aor.get());
    } catch (RuntimeException | LinkageError e) {
      return unavailable();
    }
  }

  private DoorAnswer decided(Form form, String dialled, String key, Aor aor) {
    Optional<CallAdmission> admission = services.admission();
    if (admission.isEmpty() || !registrations.areKnown()) {
      return unavailable();
    }
    Originator phone =
        new Originator.Phone(key, aor, registrations.isRegistered(key, aor, clock.instant()));
    String host = form.get("variable_sip_req_host");
    Aor called = new Aor(dialled, site.domains().contains(host) ? host : site.domains().get(0));
    List<AdmissionDecision> decisions = new ArrayList<>();
    for (Optional<String> calledKey : keys(called)) {
      CallAttempt.Builder attempt =
          CallAttempt.by(phone, called.toUri())
              .called(called)
              .callId(form.get("variable_sip_call_id"));
      calledKey.ifPresent(attempt::calledKeyIdentifier);
      decisions.add(admission.get().admit(attempt.build()));
    }
    return best(decisions, dialled);
  }

  /** The keys of the phones that would ring; or one attempt without, when none of them has one. */
  private List<Optional<String>> keys(Aor called) {
    Set<String> keys = registrations.keysOf(called, clock.instant());
    return keys.isEmpty() ? List.of(Optional.empty()) : keys.stream().map(Optional::of).toList();
  }

  /** FreeSWITCH rings all phones of an extension or none: the call goes on when one may ring. */
  private DoorAnswer best(List<AdmissionDecision> decisions, String dialled) {
    DoorAnswer answer = unavailable();
    int rank = 0;
    for (AdmissionDecision decision : decisions) {
      int found = decision.fold(yes -> 2, target -> 3, no -> 1, unknown -> 4);
      if (found > rank) {
        rank = found;
        answer =
            decision.fold(
                yes -> goOn(dialled),
                target -> permitted(target.destination()),
                no -> respond(no.status(), no.reasonPhrase()),
                unknown -> unavailable());
      }
    }
    return answer;
  }

  /**
   * To the site's own dialplan; a transfer of this call by either side comes here again, as an
   * attempt of the same phone.
   */
  private DoorAnswer goOn(String dialled) {
    return XmlAnswer.actions(
        CONTEXT,
        List.of(
            new Action("export", "latchkey_key=${latchkey_key}"),
            new Action("export", "latchkey_aor=${latchkey_aor}"),
            new Action("export", "force_transfer_dialplan=XML"),
            new Action("export", "force_transfer_context=" + CONTEXT),
            new Action("transfer", dialled + " XML " + settings.admittedContext())));
  }

  /** A permitted destination that is not in FreeSWITCH's own file yet. */
  private DoorAnswer permitted(Destination destination) {
    Optional<String> target = DialString.of(destination.target(), site, settings);
    return target.isEmpty()
        ? unavailable()
        : XmlAnswer.actions(
            CONTEXT,
            List.of(
                new Action("set", "latchkey_by=${latchkey_key}"),
                new Action("unset", "latchkey_key"),
                new Action("event", PermittedEvent.data(destination)),
                new Action("set", "hangup_after_bridge=true"),
                new Action("bridge", target.get())));
  }

  private Optional<Aor> caller(String text) {
    int at = text.lastIndexOf('@');
    return at < 1
        ? Optional.empty()
        : Names.aor(text.substring(0, at), text.substring(at + 1))
            .filter(aor -> site.domains().contains(aor.domain()));
  }

  private static DoorAnswer unavailable() {
    return respond(503, "Service Unavailable");
  }

  /** FreeSWITCH sends this and ends the call. What it would expand is left out of the words. */
  private static DoorAnswer respond(int status, String words) {
    String plain = words.replaceAll("[\\p{Cntrl}$\\\\]", " ").strip();
    return XmlAnswer.actions(CONTEXT, List.of(new Action("respond", status + " " + plain)));
  }
}
