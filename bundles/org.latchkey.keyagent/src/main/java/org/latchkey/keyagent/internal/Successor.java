package org.latchkey.keyagent.internal;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;

/**
 * The enrolment whose key follows that of a stranger's phone, while both work. It is found by what
 * stands in the place of its code's hash, so that one write makes it the successor: the stranger's
 * enrolment and, once it is known, the one address at which the key is fetched.
 */
final class Successor {

  private static final String AFTER = "after:";

  /** With a place: builds that know of none take it for no link, and end nothing. */
  private static final String PLACED = ":";

  private static final char AT = '@';
  private static final int MOST = 1_000;

  private Successor() {}

  /**
   * An enrolment as the successor of another, for its device and line, without an end.
   *
   * @param place where its key is fetched; empty when that is still to be found out
   */
  static Enrolment after(Enrolment stranger, Enrolment one, Optional<InetAddress> place) {
    return new Enrolment(
        one.id(),
        one.aor(),
        stranger.device(),
        stranger.line(),
        one.displayName(),
        false,
        one.codeKind(),
        place.map(where -> placed(stranger.id(), where)).orElse(AFTER + stranger.id()),
        one.createdBy(),
        one.createdAt(),
        KeyDesk.NEVER,
        Math.max(1, one.triesLeft()),
        one.keyIdentifier());
  }

  /** One that follows none any more, for good, and leads to no key. */
  static Enrolment forgotten(Enrolment one, Instant now) {
    return linked(one, "", now.isBefore(one.expiresAt()) ? now : one.expiresAt());
  }

  /** What stands in the place of the code's hash of a successor whose key is fetched here alone. */
  static String placed(String predecessor, InetAddress place) {
    return PLACED + predecessor + AT + text(place);
  }

  /** An enrolment with something else in the place of its code's hash, and another end. */
  static Enrolment linked(Enrolment one, String link, Instant end) {
    return new Enrolment(
        one.id(),
        one.aor(),
        one.device(),
        one.line(),
        one.displayName(),
        one.approval(),
        one.codeKind(),
        link,
        one.createdBy(),
        one.createdAt(),
        end,
        one.triesLeft(),
        one.keyIdentifier());
  }

  /** The name of the enrolment that this one is to follow; empty when it follows none. */
  static Optional<String> predecessor(Enrolment one) {
    String hash = one.codeHash();
    if (hash.startsWith(AFTER)) {
      return Optional.of(hash.substring(AFTER.length()));
    }
    return isPlaced(hash)
        ? Optional.of(hash.substring(PLACED.length(), hash.indexOf(AT)))
        : Optional.empty();
  }

  /** The address at which the key of a successor is fetched, as {@link #text} has it. */
  static Optional<String> place(Enrolment one) {
    String hash = one.codeHash();
    return isPlaced(hash) ? Optional.of(hash.substring(hash.indexOf(AT) + 1)) : Optional.empty();
  }

  private static boolean isPlaced(String hash) {
    return hash.startsWith(PLACED) && hash.indexOf(AT) > 0;
  }

  /** An address without the scope, which is a name of this machine's. */
  static String text(InetAddress place) {
    return withoutScope(place.getHostAddress());
  }

  /** An address in characters without the scope. */
  static String withoutScope(String host) {
    int percent = host.indexOf('%');
    return percent < 0 ? host : host.substring(0, percent);
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
    return store
        .enrolment(enrolment)
        .filter(one -> one.codeKind() == CodeKind.STRANGER)
        .flatMap(Enrolment::device)
        .flatMap(
            device ->
                store.enrolmentsOfDevice(device).stream()
                    .filter(one -> predecessor(one).equals(Optional.of(enrolment)))
                    .findFirst());
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
