package org.latchkey.keyagent.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.key.Enrolment;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;

/**
 * The enrolment whose key follows that of a stranger's phone, while both work. It is found by what
 * stands in the place of its code's hash, so that one write makes it the successor.
 */
final class Successor {

  private static final String AFTER = "after:";
  private static final int MOST = 1_000;

  private Successor() {}

  /** An enrolment as the successor of another, for its device and line, without an end. */
  static Enrolment after(Enrolment stranger, Enrolment one) {
    return new Enrolment(
        one.id(),
        one.aor(),
        stranger.device(),
        stranger.line(),
        one.displayName(),
        false,
        one.codeKind(),
        AFTER + stranger.id(),
        one.createdBy(),
        one.createdAt(),
        KeyDesk.NEVER,
        Math.max(1, one.triesLeft()),
        one.keyIdentifier());
  }

  /** One that follows none any more, for good, and leads to no key. */
  static Enrolment forgotten(Enrolment one, Instant now) {
    return new Enrolment(
        one.id(),
        one.aor(),
        one.device(),
        one.line(),
        one.displayName(),
        one.approval(),
        one.codeKind(),
        "",
        one.createdBy(),
        one.createdAt(),
        now.isBefore(one.expiresAt()) ? now : one.expiresAt(),
        one.triesLeft(),
        one.keyIdentifier());
  }

  /** The name of the enrolment that this one is to follow; empty when it follows none. */
  static Optional<String> predecessor(Enrolment one) {
    return Optional.of(one.codeHash())
        .filter(hash -> hash.startsWith(AFTER))
        .map(hash -> hash.substring(AFTER.length()));
  }

  /** The one that follows an enrolment, unless it was taken back or its key revoked. */
  static Optional<Enrolment> of(KeyRecords store, String enrolment, Instant now) {
    return last(store, enrolment)
        .filter(
            one ->
                one.keyIdentifier()
                    .flatMap(store::key)
                    .map(Successor::leadsOn)
                    .orElseGet(() -> now.isBefore(one.expiresAt())));
  }

  /** The one that was to follow an enrolment, whatever has become of it. */
  static Optional<Enrolment> last(KeyRecords store, String enrolment) {
    return store.enrolmentByCodeHash(AFTER + enrolment);
  }

  /** The key of an enrolment and those that its phone was assigned since, in order. */
  static List<KeyRecord> chain(KeyRecords store, Enrolment enrolment) {
    List<KeyRecord> keys = new ArrayList<>();
    Optional<KeyRecord> at = enrolment.keyIdentifier().flatMap(store::key);
    while (at.isPresent() && keys.size() < MOST) {
      keys.add(at.get());
      at =
          at.get()
              .revocation()
              .flatMap(KeyRecord.Revocation::successor)
              .flatMap(store::enrolment)
              .flatMap(Enrolment::keyIdentifier)
              .flatMap(store::key);
    }
    return keys;
  }

  private static boolean leadsOn(KeyRecord key) {
    return key.revocation().map(end -> end.successor().isPresent()).orElse(true);
  }
}
