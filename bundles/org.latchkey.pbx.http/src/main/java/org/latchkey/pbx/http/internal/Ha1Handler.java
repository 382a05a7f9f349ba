package org.latchkey.pbx.http.internal;

import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Secret;
import org.latchkey.pbx.http.internal.Question.BadQuestionException;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RejectionReason;

/**
 * {@code POST /v1/ha1}: the HA1 of a key for an AOR. The AOR it is for goes back in its canonical
 * form, and the PBX compares it with the one it is about to register or route for.
 */
final class Ha1Handler implements Handler {

  private static final Set<String> FIELDS =
      Collections.unmodifiableSet(
          new TreeSet<>(
              Set.of("keyIdentifier", "aor", "realm", "algorithm", "method", "source", "port")));

  private final PbxSite site;
  private final LatchkeyServices services;
  private final Clock clock;

  Ha1Handler(PbxSite site, LatchkeyServices services, Clock clock) {
    this.site = site;
    this.services = services;
    this.clock = clock;
  }

  @Override
  public Set<String> fields() {
    return FIELDS;
  }

  @Override
  public DoorAnswer answer(Question question) throws BadQuestionException {
    String keyIdentifier = question.text("keyIdentifier");
    Aor aor = question.aor("aor");
    String realm = question.text("realm");
    DigestAlgorithm algorithm = question.algorithm();
    String source = question.source().map(s -> s.getAddress().getHostAddress()).orElse("");
    if (!realm.equals(site.realm()) || !site.domains().contains(aor.domain())) {
      return none(keyIdentifier, aor, source, RejectionReason.FOREIGN_REALM);
    }
    Optional<Ha1Source> ha1Source = services.ha1Source();
    if (ha1Source.isEmpty()) {
      return JsonAnswer.unavailable();
    }
    Ha1Answer found = ha1Source.get().ha1(keyIdentifier, aor, realm, algorithm);
    return found.fold(
        ours -> found(aor, ours.ha1(), algorithm),
        no -> none(keyIdentifier, aor, source, no.reason()),
        unavailable -> JsonAnswer.unavailable());
  }

  /** An answer with a credential in it, or none. */
  private static DoorAnswer found(Aor aor, Secret ha1, DigestAlgorithm algorithm) {
    try (ha1) {
      return ha1.length() == algorithm.hexLength()
          ? JsonAnswer.ha1(aor.toString(), ha1)
          : JsonAnswer.unavailable();
    }
  }

  private DoorAnswer none(String keyIdentifier, Aor aor, String source, RejectionReason reason) {
    services.note(
        new PhoneEvent(
            clock.instant(),
            PhoneEvent.Kind.REFUSED,
            keyIdentifier,
            aor.toString(),
            "",
            source,
            reason.words()));
    return JsonAnswer.of(Map.of("result", "none"));
  }
}
