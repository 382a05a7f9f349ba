package org.latchkey.keyagent.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All lines of a device in one answer, for whoever has proved by the credential of one line to be
 * that device.
 */
final class DeviceFile {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceFile.class);

  /** The ends of a line, as against reasons that pass. */
  private static final Set<DenialReason> ENDS =
      EnumSet.of(DenialReason.REVOKED, DenialReason.WINDOW_OVER);

  private static final Set<Policy> CODES = EnumSet.of(Policy.URL_CODE, Policy.TYPED_CODE);

  private final LoginDesk loginDesk;
  private final DeviceLines lines;
  private final FirstRegistrations registrations;
  private final Neighbours neighbours;
  private final Clock clock;

  DeviceFile(
      LoginDesk loginDesk,
      DeviceLines lines,
      FirstRegistrations registrations,
      Neighbours neighbours,
      Clock clock) {
    this.loginDesk = loginDesk;
    this.lines = lines;
    this.registrations = registrations;
    this.neighbours = neighbours;
    this.clock = clock;
  }

  /** Whether a line has ended. */
  static boolean isEnd(IssueResult result) {
    return result instanceof IssueResult.Denied denied && ENDS.contains(denied.reason());
  }

  /**
   * Whether a line has ended, or can't be served any more: who has proved to be its device may
   * still have the other lines.
   */
  static boolean leavesOthers(IssueResult result) {
    return isEnd(result) || isUnserved(result);
  }

  private static boolean isUnserved(IssueResult result) {
    return result instanceof IssueResult.Denied denied
        && denied.reason() == DenialReason.NOT_SERVED;
  }

  /**
   * An answer with the keys of the other lines added to that of the line whose credential was
   * given. A line whose key can't be had takes nothing from the others, and the journal says why.
   *
   * @param first the answer for that line: its key, or that it {@linkplain #leavesOthers has ended}
   * @param proved the key of that line, or the one whose login was given
   * @param policy what proved it
   */
  IssueResult with(
      KeyRecords store, IssueResult first, KeyRecord proved, KeyRequest request, Policy policy) {
    if (request.places().isEmpty() || proved.device().isEmpty()) {
      return first;
    }
    List<IssuedKey> keys = new ArrayList<>();
    List<Integer> ended = new ArrayList<>();
    first.fold(
        issued -> keys.add(issued.key()),
        denied -> isEnd(denied) && ended.add(proved.line()),
        away -> false);
    for (Enrolment other : others(store, first, proved)) {
      Optional<KeyRecord> byCode = Optional.of(proved).filter(key -> CODES.contains(policy));
      take(store, other, request, byCode, new Taken(keys, ended));
    }
    keys.sort(Comparator.comparingInt(key -> key.record().line()));
    return keys.isEmpty() ? first : new IssueResult.Issued(keys, ended);
  }

  /** Whether a line has since a code was made; one that had before stays with its device. */
  private boolean hasRegisteredSince(KeyRecords store, Enrolment line, KeyRecord ofCode) {
    Instant made =
        store.enrolment(ofCode.enrolment()).map(Enrolment::createdAt).orElse(Instant.MIN);
    return line.keyIdentifier()
        .flatMap(store::key)
        .filter(
            key ->
                key.registeredAt()
                    .map(at -> !at.isBefore(made))
                    .orElseGet(() -> registrations.contains(key.keyIdentifier())))
        .isPresent();
  }

  private List<Enrolment> others(KeyRecords store, IssueResult first, KeyRecord proved) {
    boolean live = !isEnd(first);
    try {
      Origins origins = new Origins(store, proved.device().orElseThrow());
      if (!origins.isNamed(proved)) {
        return List.of();
      }
      if (!live && !isNewest(store, proved, origins)) {
        return List.of();
      }
      return lines.current(store, proved.device().get(), origins).values().stream()
          .filter(one -> one.line() != proved.line())
          .filter(one -> live || isOlder(one, proved, origins))
          .toList();
    } catch (RuntimeException e) {
      if (!(first instanceof IssueResult.Issued)) {
        throw e;
      }
      LOG.error("The other lines of {} are left as they are", proved.device().orElse(""), e);
      return List.of();
    }
  }

  /**
   * Whether nobody has enrolled the line of a key anew, whatever became of that: what its end has
   * left is still its.
   */
  private static boolean isNewest(KeyRecords store, KeyRecord key, Origins origins) {
    Optional<String> newest =
        store.enrolmentsOfDevice(key.device().orElseThrow()).stream()
            .filter(one -> one.line() == key.line() && origins.isNamed(one))
            .findFirst()
            .flatMap(origins::of)
            .map(Enrolment::id);
    return newest.isPresent() && newest.equals(origins.of(key).map(Enrolment::id));
  }

  /** Whether a line was enrolled while a key that has ended was good: no later one is its. */
  private static boolean isOlder(Enrolment line, KeyRecord ended, Origins origins) {
    return ended
        .revocation()
        .flatMap(end -> origins.of(line).filter(one -> one.createdAt().isBefore(end.at())))
        .isPresent();
  }

  /** The keys and the ended lines of an answer, as they come together. */
  private record Taken(List<IssuedKey> keys, List<Integer> ended) {}

  private void take(
      KeyRecords store,
      Enrolment current,
      KeyRequest request,
      Optional<KeyRecord> byCode,
      Taken taken) {
    if (!request.takes(current.line())) {
      note(current, request, "the profile " + request.profile() + " has no place for it");
      return;
    }
    try {
      if (byCode.filter(key -> hasRegisteredSince(store, current, key)).isPresent()) {
        note(
            current,
            request,
            "its key has registered since the code was made: its login fetches it");
        return;
      }
      IssueResult result = loginDesk.led(store, current, request);
      if (result instanceof IssueResult.Issued issued) {
        taken.keys().add(issued.key());
      } else if (result instanceof IssueResult.Denied denied) {
        if (isEnd(denied)) {
          taken.ended().add(current.line());
        } else {
          note(current, request, "it " + denied.reason().words());
        }
      }
    } catch (UnavailableException | StoreUnavailableException | AuditUnavailableException e) {
      note(current, request, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("No key for line {} of {}", current.line(), current.device().orElse(""), e);
      note(current, request, "The key agent failed, see its log");
    }
  }

  private void note(Enrolment line, KeyRequest request, String why) {
    String device = line.device().orElse("");
    LOG.warn("No key for line {} of {} ({}): {}", line.line(), device, line.aor(), why);
    neighbours.note(
        new PhoneEvent(
            clock.instant(),
            PhoneEvent.Kind.KNOCKED,
            line.keyIdentifier().orElse(""),
            line.aor().toString(),
            device,
            request.source().getHostAddress(),
            "got no key for its line " + line.line() + ": " + why));
  }
}
