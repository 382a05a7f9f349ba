package org.latchkey.pbx.http.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.AdmissionDecision.Permitted;
import org.latchkey.admission.AdmissionDecision.Refused;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Aor;
import org.latchkey.pbx.http.internal.Question.BadQuestionException;

/**
 * {@code POST /v1/admission}: whether a call may be routed. {@code called} lists the keys of the
 * phones that would ring; the call is admitted when one of them may, and {@code skip} names those
 * that may not.
 */
final class AdmissionHandler implements Handler {

  private static final Set<String> FIELDS =
      Collections.unmodifiableSet(
          new TreeSet<>(
              Set.of(
                  "keyIdentifier",
                  "aor",
                  "registered",
                  "source",
                  "port",
                  "destination",
                  "called",
                  "callId")));

  private final PbxSite site;
  private final LatchkeyServices services;

  AdmissionHandler(PbxSite site, LatchkeyServices services) {
    this.site = site;
    this.services = services;
  }

  @Override
  public Set<String> fields() {
    return FIELDS;
  }

  @Override
  public DoorAnswer answer(Question question) throws BadQuestionException {
    Originator originator = originator(question);
    String destination = question.text("destination");
    String callId = question.text("callId", "");
    List<String> called = question.texts("called");
    Optional<CallAdmission> admission = services.admission();
    if (admission.isEmpty()) {
      return JsonAnswer.unavailable();
    }
    Tally tally = new Tally();
    for (Optional<String> key : each(called)) {
      CallAttempt.Builder attempt = CallAttempt.by(originator, destination).callId(callId);
      key.ifPresent(attempt::calledKeyIdentifier);
      called(destination).ifPresent(attempt::called);
      tally.count(key.orElse(""), admission.get().admit(attempt.build()));
    }
    return tally.answer();
  }

  private Originator originator(Question question) throws BadQuestionException {
    if (question.text("aor", "").isEmpty()) {
      return new Originator.Unproved(
          question
              .source()
              .orElseThrow(() -> new BadQuestionException("neither aor nor source is there")));
    }
    Aor aor = question.aor("aor");
    if (!site.domains().contains(aor.domain())) {
      throw new BadQuestionException("the domain of aor is not in the setting domains");
    }
    return new Originator.Phone(question.text("keyIdentifier"), aor, question.flag("registered"));
  }

  private Optional<Aor> called(String destination) {
    try {
      return Optional.of(Aor.ofUri(destination, site.domains().get(0)))
          .filter(aor -> site.domains().contains(aor.domain()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** One attempt for each phone that would ring, or one alone. */
  private static List<Optional<String>> each(List<String> called) {
    return called.isEmpty()
        ? List.of(Optional.empty())
        : called.stream().distinct().map(Optional::of).toList();
  }

  /** The decisions on the attempts of one call. */
  private static final class Tally {
    private final List<String> skip = new ArrayList<>();
    private boolean admitted;
    private boolean unavailable;
    private @Nullable Permitted permitted;
    private @Nullable Refused refused;

    void count(String calledKey, @Nullable AdmissionDecision decision) {
      if (decision == null) {
        unavailable = true;
        return;
      }
      boolean unused =
          decision.fold(
              yes -> admitted = true,
              target -> (permitted = target) != null,
              no -> (refused = no) != null && skip.add(calledKey),
              unknown -> unavailable = true);
    }

    DoorAnswer answer() {
      Map<String, Object> fields = new LinkedHashMap<>();
      if (unavailable) {
        return JsonAnswer.unavailable();
      }
      if (permitted != null) {
        fields.put("decision", "permitted");
        fields.put("target", permitted.destination().target());
        fields.put(
            "kind",
            permitted.destination().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      } else if (admitted) {
        fields.put("decision", "admitted");
        fields.put("skip", String.join(",", skip));
      } else if (refused != null) {
        fields.put("decision", "refused");
        fields.put("status", Integer.toString(refused.status()));
        fields.put("reasonPhrase", refused.reasonPhrase());
      } else {
        return JsonAnswer.unavailable();
      }
      return JsonAnswer.of(fields);
    }
  }
}
