package org.latchkey.shell.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.latchkey.registration.RefusedPhone;
import org.latchkey.registration.RefusedPhones;

/** Phones whose REGISTERs are refused again and again, and the one command that helps each. */
public final class LoopSheet {

  private static final int MOST = 50;

  /** Strangers choose the user of an AOR: nothing that a console would read as more than a word. */
  private static final Pattern WORD = Pattern.compile("[+]?[0-9A-Za-z][0-9A-Za-z._-]{0,62}");

  private final List<RefusedPhone> phones;

  /** The phones in loops at the authenticators of this node. */
  public LoopSheet(Parts parts) {
    phones =
        parts.all(RefusedPhones.class).stream().flatMap(one -> one.inLoops().stream()).toList();
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return phones.isEmpty();
  }

  /** Prints two sentences and a command for each. */
  public void print(Printout out) {
    phones.stream().limit(MOST).forEach(phone -> print(phone, out));
    if (phones.size() > MOST) {
      out.line("%d more phones are refused again and again.".formatted(phones.size() - MOST));
    }
  }

  /** The same for JSON. */
  public List<Map<String, Object>> toList() {
    return phones.stream().map(LoopSheet::toMap).toList();
  }

  private static void print(RefusedPhone phone, Printout out) {
    out.line(
        "%s at %s was refused %d times in a row since %s: it %s."
            .formatted(
                phone.aor(),
                phone.source(),
                phone.times(),
                PlainText.of(phone.since()),
                phone.reason().words()));
    out.line("  " + next(phone));
  }

  /** A new key helps whose key is no good; what else is wrong is told by the phone's story. */
  private static String next(RefusedPhone phone) {
    return switch (phone.reason()) {
      case CHALLENGE_LOOP,
          FORGED_IDENTIFIER,
          NO_KEY_IDENTIFIER,
          UNKNOWN_GENERATION,
          REVOKED,
          WRONG_SECRET ->
          "latchkey:enrol "
              + (WORD.matcher(phone.aor().user()).matches() ? phone.aor().user() : "EXTENSION");
      case FOREIGN_REALM -> "latchkey:status";
      case MALFORMED,
          NOT_OFFERED,
          OTHER_URI,
          AMBIGUOUS,
          FORGED_NONCE,
          WEAK_ALGORITHM,
          REPLAYED,
          STALE_LOOP ->
          "latchkey:why " + phone.source();
    };
  }

  private static Map<String, Object> toMap(RefusedPhone phone) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("aor", phone.aor().toString());
    map.put("source", phone.source());
    map.put("keyIdentifier", phone.keyIdentifier());
    map.put("reason", phone.reason().name());
    map.put("times", phone.times());
    map.put("since", phone.since().toString());
    map.put("last", phone.last().toString());
    map.put("next", next(phone));
    return map;
  }
}
