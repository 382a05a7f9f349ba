package org.latchkey.authenticator.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.Aor;
import org.latchkey.registration.RefusedPhone;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RejectionReason;

/**
 * Notices a phone whose REGISTERs are refused again and again, and has it come less often. Counted
 * by source and AOR, whatever key it names, so that the pace tells nobody which keys there are.
 *
 * <p>Nobody is slowed by another: only what was refused is answered so, a good proof is always
 * accepted and ends the row, and a row of requests without credentials is one Call-ID's. Nothing
 * but REGISTER is counted or slowed. A table of fixed size: one row may push out another, which
 * then gets more patience, never less.
 */
final class RefusalLoops {

  /** So many in a row are answered at once. */
  static final int AT_ONCE = 20;

  private static final int SLOTS = 4096;
  private static final int MAX_CHARACTERS = 128;
  private static final long FIRST_PAUSE = 5_000;

  /** How long the pause may become, and after how much silence a row has ended. */
  private enum Rule {
    REFUSED(Duration.ofMinutes(1), Duration.ofMinutes(10)),
    /** Short, since a PBX may let old phones prove themselves without asking us. */
    WITHOUT_CREDENTIALS(Duration.ofSeconds(20), Duration.ofSeconds(30));

    private final long longestPause;
    private final long forgottenAfter;

    Rule(Duration longestPause, Duration forgottenAfter) {
      this.longestPause = longestPause.toMillis();
      this.forgottenAfter = forgottenAfter.toMillis();
    }
  }

  /**
   * A row of refusals.
   *
   * @param due when one is answered at once again
   * @param pause the time from the one that was answered at once to {@code due}
   */
  private record Row(
      Rule rule,
      String place,
      Aor aor,
      String source,
      String name,
      RejectionReason reason,
      int times,
      long first,
      long last,
      long due,
      long pause) {

    boolean isOver(long now) {
      return now - last >= rule.forgottenAfter;
    }

    Row again(String named, RejectionReason why, long now) {
      int count = times == Integer.MAX_VALUE ? times : times + 1;
      boolean slowed = count >= AT_ONCE && now >= due;
      long next = slowed ? Math.min(rule.longestPause, Math.max(FIRST_PAUSE, pause * 2)) : pause;
      long until = slowed ? now + next : due;
      return new Row(rule, place, aor, source, named, why, count, first, now, until, next);
    }

    RefusedPhone told() {
      return new RefusedPhone(
          aor,
          source,
          name,
          reason,
          times,
          Instant.ofEpochMilli(first),
          Instant.ofEpochMilli(last));
    }
  }

  private final AtomicReferenceArray<@Nullable Row> rows = new AtomicReferenceArray<>(SLOTS);

  /** How long the phone is to wait; zero when it is answered as anybody is. */
  Duration pause(RegisterRequest request, Finding finding, long now) {
    String source = Source.of(request);
    if (!request.method().equals("REGISTER") || source.isEmpty()) {
      return Duration.ZERO;
    }
    String place = source + ' ' + request.aor();
    String ofCall = place + ' ' + cut(request.callId());
    if (finding.kind() == Finding.Kind.NO_CREDENTIALS) {
      return counted(
          Rule.WITHOUT_CREDENTIALS, ofCall, request, finding, RejectionReason.CHALLENGE_LOOP, now);
    }
    end(ofCall);
    switch (finding.kind()) {
      case ACCEPTED, RETRANSMITTED -> end(place);
      case REFUSED -> {
        // Who replays has proved its key; the stale challenges have limits of their own.
        if (finding.why() != RejectionReason.REPLAYED) {
          return counted(Rule.REFUSED, place, request, finding, finding.why(), now);
        }
      }
      case NO_CREDENTIALS, STALE, NOT_OURS, UNAVAILABLE -> {}
    }
    return Duration.ZERO;
  }

  /** The phones in a row that is longer than what is answered at once, the longest first. */
  List<RefusedPhone> all(long now) {
    List<RefusedPhone> phones = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      Row row = rows.get(slot);
      if (row != null && row.times >= AT_ONCE && !row.isOver(now)) {
        phones.add(row.told());
      }
    }
    phones.sort(Comparator.comparingInt(RefusedPhone::times).reversed());
    return phones;
  }

  private Duration counted(
      Rule rule,
      String place,
      RegisterRequest request,
      Finding finding,
      RejectionReason reason,
      long now) {
    int slot = slot(place);
    Row known = rows.get(slot);
    boolean goesOn = known != null && known.place.equals(place) && !known.isOver(now);
    Row before =
        goesOn && known != null
            ? known
            : new Row(
                rule, place, request.aor(), Source.of(request), "", reason, 0, now, now, now, 0);
    rows.set(slot, before.again(finding.name(), reason, now));
    return now < before.due ? Duration.ofSeconds((before.due - now + 999) / 1000) : Duration.ZERO;
  }

  private void end(String place) {
    int slot = slot(place);
    Row row = rows.get(slot);
    if (row != null && row.place.equals(place)) {
      rows.compareAndSet(slot, row, null);
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
  }

  private static int slot(String place) {
    int hash = place.hashCode();
    return (hash ^ hash >>> 16) & (SLOTS - 1);
  }
}
