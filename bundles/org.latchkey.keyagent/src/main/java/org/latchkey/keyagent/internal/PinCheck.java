package org.latchkey.keyagent.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.Secret;

/**
 * Looks whether a phone that dialled an extension with a PIN becomes it, and begins that. A try is
 * taken off the PIN, on disk, before it is compared.
 */
final class PinCheck {

  private static final String NONE_OPEN = "no PIN is open for what it dialled";

  private final Codes codes;
  private final Moves moves;
  private final Stripes enrolments;
  private final Changes changes;
  private final Succession succession;
  private final Clock clock;

  PinCheck(Parts parts) {
    codes = parts.codes();
    moves = parts.moves();
    enrolments = parts.enrolments();
    changes = parts.changes();
    succession = parts.succession();
    clock = parts.clock();
  }

  /**
   * Decides.
   *
   * @param key of the phone
   * @param source where it dialled
   * @return why not; empty when the phone becomes the extension
   */
  Optional<String> decide(
      KeyRecords store, KeyRecord key, InetAddress source, String extension, Secret pin) {
    return moves.alone(
        () ->
            moves
                .obstacle(store, key)
                .or(() -> becomes(store, key))
                .or(() -> dialled(store, key, source, extension, pin)));
  }

  private Optional<String> becomes(KeyRecords store, KeyRecord key) {
    return moves.becomes(store, key).map(one -> "it becomes " + one.aor() + " already");
  }

  private Optional<String> dialled(
      KeyRecords store, KeyRecord key, InetAddress source, String extension, Secret pin) {
    Optional<Enrolment> open = open(store, extension, key.aor().domain());
    return open.isEmpty()
        ? Optional.of(NONE_OPEN)
        : enrolments.alone(open.get().id(), () -> tried(store, open.get().id(), key, source, pin));
  }

  /** The newest that is open: one that is made anew takes the place of an earlier one. */
  private Optional<Enrolment> open(KeyRecords store, String extension, String domain) {
    return store.enrolmentsOfDevice(extension).stream()
        .filter(one -> one.codeKind() == CodeKind.PIN)
        .filter(one -> one.aor().user().equals(extension) && one.aor().domain().equals(domain))
        .findFirst()
        .filter(this::isOpen);
  }

  private boolean isOpen(Enrolment one) {
    return Successor.predecessor(one).isEmpty() && clock.instant().isBefore(one.expiresAt());
  }

  private Optional<String> tried(
      KeyRecords store, String id, KeyRecord key, InetAddress source, Secret pin) {
    Optional<Enrolment> found = store.enrolment(id).filter(this::isOpen);
    if (found.isEmpty()) {
      return Optional.of(NONE_OPEN);
    }
    Enrolment enrolment = found.get();
    String to = " (" + enrolment.aor() + ", enrolment " + id + ')';
    if (enrolment.triesLeft() < 1) {
      return Optional.of("the PIN was tried too often" + to);
    }
    store.updateEnrolment(enrolment.tried());
    if (!codes.fits(enrolment, pin)) {
      return Optional.of("the PIN was wrong" + to);
    }
    Optional<String> ended = succession.ended(store, enrolment);
    if (ended.isEmpty()) {
      endOthers(store, enrolment);
      moves.begin(store, key, enrolment, source);
    }
    return ended.map(why -> why + to);
  }

  /** Earlier PINs of the extension don't come back. */
  private void endOthers(KeyRecords store, Enrolment used) {
    store.enrolmentsOfDevice(used.aor().user()).stream()
        .filter(one -> one.codeKind() == CodeKind.PIN && one.aor().equals(used.aor()))
        .filter(one -> !one.id().equals(used.id()) && isOpen(one))
        .forEach(one -> store.updateEnrolment(one.endingAt(changes.now())));
  }
}
