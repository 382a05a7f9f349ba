package org.latchkey.pbx.http.internal;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Aor;
import org.latchkey.pbx.http.internal.Question.BadQuestionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/events}: what happened at the PBX, told afterwards, one event or a list of them
 * in order. Registrations go to who listens for them, calls to permitted destinations to the audit
 * log, all to the phones' journal.
 */
final class EventHandler implements Handler {

  private static final Logger LOG = LoggerFactory.getLogger(EventHandler.class);
  private static final long MOST_SECONDS_AHEAD = 60;
  private static final String EVENTS = "events";
  private static final Set<String> EVENT_FIELDS =
      Collections.unmodifiableSet(
          new TreeSet<>(
              Set.of(
                  "event",
                  "at",
                  "source",
                  "port",
                  "callId",
                  "keyIdentifier",
                  "aor",
                  "dialled",
                  "target",
                  "kind")));
  private static final Set<String> FIELDS = withList(EVENT_FIELDS);

  private final PbxSite site;
  private final LatchkeyServices services;
  private final Clock clock;

  EventHandler(PbxSite site, LatchkeyServices services, Clock clock) {
    this.site = site;
    this.services = services;
    this.clock = clock;
  }

  private static Set<String> withList(Set<String> fields) {
    Set<String> all = new TreeSet<>(fields);
    all.add(EVENTS);
    return Collections.unmodifiableSet(all);
  }

  @Override
  public Set<String> fields() {
    return FIELDS;
  }

  @Override
  public DoorAnswer answer(Question question) throws BadQuestionException {
    if (!question.has(EVENTS)) {
      take(question);
      return JsonAnswer.of(Map.of("result", "noted"));
    }
    List<?> events = question.objects(EVENTS);
    String problem = "";
    int taken = 0;
    try {
      for (Object event : events) {
        try {
          take(Question.of(event, EVENT_FIELDS));
        } catch (BadQuestionException e) {
          problem = "event %d: %s".formatted(taken, e.getMessage());
        }
        taken++;
      }
    } catch (RuntimeException | LinkageError e) {
      if (taken == 0) {
        throw e;
      }
      LOG.warn("An event of a PBX could not be taken, it will come again", e);
    }
    return noted(taken, problem);
  }

  /**
   * What became of events.
   *
   * @param count how many of them, from the first on, need not come again
   * @param problem what is wrong with one of these; empty when none was dropped
   */
  private static DoorAnswer noted(int count, String problem) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("result", "noted");
    fields.put("count", count);
    if (!problem.isEmpty()) {
      fields.put("problem", problem);
    }
    return JsonAnswer.of(fields);
  }

  private void take(Question question) throws BadQuestionException {
    Instant at = at(question.number("at"));
    String event = question.text("event");
    switch (event) {
      case "registered" -> registered(question, at);
      case "unregistered" ->
          note(question, aor(question), at, PhoneEvent.Kind.UNREGISTERED, "unregistered");
      case "refused" ->
          note(
              question,
              aor(question),
              at,
              PhoneEvent.Kind.REFUSED,
              "has a wrong secret, or a key for another extension");
      case "permitted", "refused-permitted" -> permitted(question, at, event.equals("permitted"));
      default -> throw new BadQuestionException("event is none that is known");
    }
  }

  private void registered(Question question, Instant at) throws BadQuestionException {
    String keyIdentifier = question.text("keyIdentifier");
    Aor aor = aor(question);
    note(question, aor, at, PhoneEvent.Kind.REGISTERED, "registered");
    services.registrationListeners().forEach(listener -> listener.accepted(keyIdentifier, aor, at));
  }

  private void permitted(Question question, Instant at, boolean routed)
      throws BadQuestionException {
    PermittedCall call =
        new PermittedCall(
            at,
            new Destination(
                question.text("dialled"), question.text("target"), kind(question.text("kind"))),
            originator(question),
            question.text("callId", ""),
            routed);
    services.permittedCallListeners().forEach(listener -> listener.placed(call));
  }

  private Originator originator(Question question) throws BadQuestionException {
    if (question.text("aor", "").isEmpty()) {
      return new Originator.Unproved(source(question));
    }
    return new Originator.Phone(question.text("keyIdentifier", ""), aor(question), true);
  }

  private static InetSocketAddress source(Question question) throws BadQuestionException {
    return question
        .source()
        .orElseThrow(() -> new BadQuestionException("neither aor nor source is there"));
  }

  private void note(Question question, Aor aor, Instant at, PhoneEvent.Kind kind, String words)
      throws BadQuestionException {
    services.note(
        new PhoneEvent(
            at,
            kind,
            question.text("keyIdentifier"),
            aor.toString(),
            "",
            question.source().map(source -> source.getAddress().getHostAddress()).orElse(""),
            words));
  }

  private Aor aor(Question question) throws BadQuestionException {
    Aor aor = question.aor("aor");
    if (!site.domains().contains(aor.domain())) {
      throw new BadQuestionException("the domain of aor is not in the setting domains");
    }
    return aor;
  }

  private static Kind kind(String text) throws BadQuestionException {
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(text.toUpperCase(Locale.ROOT).replace('-', '_'))) {
        return kind;
      }
    }
    throw new BadQuestionException("kind is neither emergency, help-desk nor test");
  }

  /** When it happened; a PBX whose clock is ahead does not reach into the future. */
  private Instant at(long epochSeconds) throws BadQuestionException {
    Instant now = clock.instant();
    if (epochSeconds < 0 || epochSeconds > now.getEpochSecond() + MOST_SECONDS_AHEAD) {
      throw new BadQuestionException("at is no time in seconds since 1970 that has come");
    }
    Instant at = Instant.ofEpochSecond(epochSeconds);
    return at.isAfter(now) ? now : at;
  }
}
