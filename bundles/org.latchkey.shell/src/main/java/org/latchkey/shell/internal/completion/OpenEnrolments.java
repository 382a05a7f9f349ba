package org.latchkey.shell.internal.completion;

import java.time.Instant;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolments;
import org.latchkey.shell.internal.Parts;

/** Suggests the enrolments that are open. */
@Service
public final class OpenEnrolments extends Suggestions {

  @Override
  Stream<String> words(Parts parts) {
    Instant now = Instant.now();
    return parts.find(Enrolments.class).stream()
        .flatMap(agent -> agent.enrolments().stream())
        .filter(enrolment -> enrolment.expiresAt().isAfter(now))
        .map(Enrolment::id);
  }
}
