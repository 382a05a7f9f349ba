package org.latchkey.pbx.http.internal.asterisk;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.latchkey.pbx.http.internal.Form;
import org.latchkey.pbx.http.internal.LatchkeyServices;
import org.latchkey.pbx.http.internal.PbxSite;

/**
 * What the dialplan asks: {@code admit}, whether a call may be routed, over HTTPS and by FastAGI
 * alike, and {@code permitted}, which tells of a call to a permitted destination, over HTTPS.
 */
final class DialplanQuestions {

  /** The fields of both. */
  static final Set<String> FIELDS =
      Set.of(
          "endpoint",
          "dialled",
          "registered",
          "via",
          "callid",
          "at",
          "target",
          "kind",
          "routed",
          "key",
          "aor",
          "source");

  private final Gate gate;
  private final PermittedEvents events;

  DialplanQuestions(
      PbxSite site,
      AsteriskSettings settings,
      IssuedKeys keys,
      LatchkeyServices services,
      InstantSource clock) {
    this.gate = new Gate(site, settings, keys, services);
    this.events = new PermittedEvents(keys, services, clock);
  }

  /**
   * Answers a question.
   *
   * @return the words that the dialplan compares; empty when there is no such question
   * @throws IllegalArgumentException when the form is not what our dialplan sends
   */
  Optional<String> answer(String question, Form form) {
    return switch (question) {
      case "admit" -> Optional.of(admit(form));
      case "permitted" -> {
        events.placed(form);
        yield Optional.of("noted");
      }
      default -> Optional.empty();
    };
  }

  /** Whether a call may be routed, in the words that the dialplan compares. */
  String admit(Form form) {
    return gate.answer(
        form.get("endpoint"),
        form.get("registered").equals("1"),
        form.get("dialled"),
        form.get("via").equals("local"),
        form.get("callid"));
  }
}
