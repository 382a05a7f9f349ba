package org.latchkey.authenticator.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.latchkey.registration.RefusedPhone;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RejectionReason;

/**
 * Notices a phone whose REGISTERs are refused again and again, and has it come less often. Whatever
 * key it names: the pace tells nobody which keys there are.
 *
 * <p>Nobody is slowed by another: a pause is one Call-ID's at one address and AOR, a good proof is
 * always accepted and ends it, and whoever needs no more than a fresh challenge always gets one.
 * Nothing but REGISTER is counted or slowed. A table of fixed size: one row may push out another,
 * which then gets more patience, never less.
 */
final class RefusalLoops {

  /** So many in a row are answered at once. */
  static final int AT_ONCE = 20;

  private static final int SLOTS = 4096;
  private static final long FIRST_PAUSE = 5_000;

  /** How long the pause may become, and after how much silence a row has ended. */
  private enum Rule {
    /** What administrators see of an address and AOR; without a pause, since many may share it. */
    PHONE(Duration.ZERO, Duration.ofMinutes(10)),
    CALL(Duration.ofMinutes(1), Duration.ofMinutes(10)),
    /** Short, since a PBX may let old phones prove themselves without asking us. */
    WITHOUT_CREDENTIALS(Duration.ofSeconds(20), Duration.ofSeconds(30));

    private final long longestPause;
    private final long forgottenAfter;

    Rule(Duration longestPause, Duration forgottenAfter) {
      this.longestPause = longestPause.toMillis();
      this.forgottenAfter = forgottenAfter.toMillis();
    }
  }

  /** What is counted together. */
  private record Key(Rule rule, Call call) {
    int slot() {
      int hash = 31 * call.hashCode() + rule.name().hashCode();
      return (hash ^ hash >>> 16) & (SLOTS - 1);
    }
  }

  /**
   * A row of refusals.
   *
   * @param due when one is answered at once again
   * @param pause the time from the one that was answered at once to {@code due}
   */
  private record Row(
      Key key,
      String name,
      RejectionReason reason,
      int times,
      long first,
      long last,
      long due,
      long pause) {

    static Row begun(Key key, RejectionReason reason, long now) {
      return new Row(key, "", reason, 0, now, now, now, 0);
    }

    boolean isOver(long now) {
      return now - last >= key.rule.forgottenAfter;
    }

    Row again(String named, RejectionReason why, long now) {
      int count = times == Integer.MAX_VALUE ? times : times + 1;
      boolean slowed = count >= AT_ONCE && now >= due;
      long next =
          slowed ? Math.min(key.rule.longestPause, Math.max(FIRST_PAUSE, pause * 2)) : pause;
      return new Row(key, named, why, count, first, now, slowed ? now + next : due, next);
    }

    RefusedPhone told() {
      return new RefusedPhone(
          key.call.aor(),
          key.call.source(),
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
    Call call = Call.of(request);
    if (!request.method().equals("REGISTER") || call.source().isEmpty()) {
      return Duration.ZERO;
    }
    Key silent = new Key(Rule.WITHOUT_CREDENTIALS, call);
    if (finding.kind() == Finding.Kind.NO_CREDENTIALS) {
      return counted(silent, finding, RejectionReason.CHALLENGE_LOOP, now);
    }
    end(silent);
    Key phone = new Key(Rule.PHONE, call.anyOfPhone());
    switch (finding.kind()) {
      case ACCEPTED, RETRANSMITTED -> {
        end(phone);
        end(new Key(Rule.CALL, call));
      }
      case REFUSED -> {
        // Who replays has proved its key.
        if (finding.why() != RejectionReason.REPLAYED) {
          counted(phone, finding, finding.why(), now);
        }
        if (!isMendedByChallenge(finding.why())) {
          return counted(new Key(Rule.CALL, call), finding, finding.why(), now);
        }
      }
      case NO_CREDENTIALS, STALE, NOT_OURS, UNAVAILABLE -> {}
    }
    return Duration.ZERO;
  }

  /** Whether a good key may be behind it, that was used on what another node or run had asked. */
  private static boolean isMendedByChallenge(RejectionReason reason) {
    return switch (reason) {
      case FORGED_NONCE, FOREIGN_REALM, REPLAYED, STALE_LOOP -> true;
      case MALFORMED,
          NOT_OFFERED,
          OTHER_URI,
          AMBIGUOUS,
          FORGED_IDENTIFIER,
          NO_KEY_IDENTIFIER,
          UNKNOWN_GENERATION,
          REVOKED,
          WEAK_ALGORITHM,
          WRONG_SECRET,
          CHALLENGE_LOOP ->
          false;
    };
  }

  /** The phones in a row that is longer than what is answered at once, the longest first. */
  List<RefusedPhone> all(long now) {
    List<RefusedPhone> phones = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      Row row = rows.get(slot);
      if (row != null && row.key.rule != Rule.CALL && row.times >= AT_ONCE && !row.isOver(now)) {
        phones.add(row.told());
      }
    }
    phones.sort(Comparator.comparingInt(RefusedPhone::times).reversed());
    return phones;
  }

  private Duration counted(Key key, Finding finding, RejectionReason reason, long now) {
    int slot = key.slot();
    Row known = rows.get(slot);
    Row before =
        known != null && known.key.equals(key) && !known.isOver(now)
            ? known
            : Row.begun(key, reason, now);
    rows.set(slot, before.again(finding.name(), reason, now));
    return now < before.due && !key.call.isAnybodys()
        ? Duration.ofSeconds((before.due - now + 999) / 1000)
        : Duration.ZERO;
  }

  private void end(Key key) {
    int slot = key.slot();
    Row row = rows.get(slot);
    if (row != null && row.key.equals(key)) {
      rows.compareAndSet(slot, row, null);
    }
  }
}
