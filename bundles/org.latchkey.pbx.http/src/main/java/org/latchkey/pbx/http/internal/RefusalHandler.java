package org.latchkey.pbx.http.internal;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Aor;
import org.latchkey.pbx.http.internal.Question.BadQuestionException;
import org.latchkey.registration.RecentRefusals;

/**
 * {@code POST /v1/refusals}: whether a key was refused for an AOR in the last seconds. A PBX that
 * asks over RADIUS can't tell our refusal from a fault of its own way to us, and a phone that hears
 * of a fault as a refusal takes its secret for wrong.
 */
final class RefusalHandler implements Handler {

  private static final Set<String> FIELDS =
      Collections.unmodifiableSet(new TreeSet<>(Set.of("keyIdentifier", "aor")));

  private final LatchkeyServices services;

  RefusalHandler(LatchkeyServices services) {
    this.services = services;
  }

  @Override
  public Set<String> fields() {
    return FIELDS;
  }

  @Override
  public DoorAnswer answer(Question question) throws BadQuestionException {
    String keyIdentifier = question.text("keyIdentifier");
    Aor aor = question.aor("aor");
    Optional<RecentRefusals> refusals = services.recentRefusals();
    return refusals.isEmpty()
        ? JsonAnswer.unavailable()
        : JsonAnswer.of(
            Map.of("result", refusals.get().refused(keyIdentifier, aor) ? "refused" : "unknown"));
  }
}
