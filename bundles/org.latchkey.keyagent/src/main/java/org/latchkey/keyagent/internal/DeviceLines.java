package org.latchkey.keyagent.internal;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of a device. Only enrolments count in which an administrator has named the device: what
 * a phone calls itself opens nobody's lines. Of several enrolments of a line the newest counts.
 */
final class DeviceLines {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceLines.class);

  private final Revocations revocations;
  private final FirstRegistrations registrations;
  private final Neighbours neighbours;
  private final Clock clock;

  DeviceLines(
      Revocations revocations,
      FirstRegistrations registrations,
      Neighbours neighbours,
      Clock clock) {
    this.revocations = revocations;
    this.registrations = registrations;
    this.neighbours = neighbours;
    this.clock = clock;
  }

  /** The live keys in the file of the phone that holds this one, by line; none of a revoked key. */
  List<KeyRecord> keys(KeyRecords store, KeyRecord key) {
    if (isRevoked(key)) {
      return List.of();
    }
    Map<Integer, KeyRecord> byLine = new TreeMap<>();
    if (isNamed(store, key)) {
      for (Enrolment current : current(store, key.device().orElseThrow())) {
        liveKey(store, current).ifPresent(one -> byLine.put(one.line(), one));
      }
    }
    byLine.put(key.line(), key);
    return List.copyOf(byLine.values());
  }

  /** The live keys that the file of a device has, by line. */
  List<KeyRecord> keys(KeyRecords store, String device) {
    return current(store, device).stream().flatMap(one -> liveKey(store, one).stream()).toList();
  }

  /** The enrolments that count of the lines which a device has, or may fetch, by line. */
  List<Enrolment> inFile(KeyRecords store, String device) {
    return current(store, device).stream()
        .filter(one -> isOpen(one) || liveKey(store, one).isPresent())
        .toList();
  }

  /**
   * Whether a device that has nothing to show but its MAC address would get, with one line or by
   * that line's login, what takes more: a key that has registered, or a line that did not come by
   * the inventory. An entry that was enrolled anew otherwise is served by that alone.
   *
   * @param served the inventory's entry of the line
   */
  boolean needMore(KeyRecords store, String device, Enrolment served) {
    Origins origins = new Origins(store, device);
    Map<Integer, Enrolment> current = current(store, device, origins);
    Optional<String> newest =
        Optional.ofNullable(current.get(served.line())).flatMap(origins::of).map(Enrolment::id);
    return !newest.equals(Optional.of(served.id()))
        || current.values().stream()
            .filter(one -> one.line() != served.line())
            .filter(one -> isOpen(one) || liveKey(store, one).isPresent())
            .anyMatch(one -> !origins.isListed(one) || isInUse(store, one));
  }

  private boolean isInUse(KeyRecords store, Enrolment line) {
    return store.keysOfDevice(line.device().orElseThrow()).stream()
        .filter(key -> key.enrolment().equals(line.id()) && !isRevoked(key))
        .anyMatch(registrations::hasRegistered);
  }

  /** What a device might still fetch with a code or login. */
  List<Enrolment> open(KeyRecords store, String device) {
    return store.enrolmentsOfDevice(device).stream().filter(this::isOpen).toList();
  }

  /** The open enrolments that end with a live key: those of its device, whose last line it is. */
  List<Enrolment> endingWith(KeyRecords store, KeyRecord key) {
    if (key.revocation().isPresent() || key.device().isEmpty()) {
      return List.of();
    }
    String device = key.device().get();
    Origins origins = new Origins(store, device);
    Map<Integer, Enrolment> current = current(store, device, origins);
    boolean anew = Optional.ofNullable(current.get(key.line())).filter(this::isOpen).isPresent();
    boolean others =
        store.keysOfDevice(device).stream()
                .filter(one -> !one.enrolment().equals(key.enrolment()) && !isRevoked(one))
                .anyMatch(origins::isNamed)
            || current.values().stream()
                .anyMatch(one -> one.codeKind() == CodeKind.LOGIN && isOpen(one));
    return origins.isNamed(key) && !anew && !others ? open(store, device) : List.of();
  }

  /** A live key of another line of a device, whose login fetches a further line in one file. */
  Optional<KeyRecord> beside(KeyRecords store, String device, int line) {
    return store.keysOfDevice(device).stream()
        .filter(key -> hasPlace(key, line))
        .filter(key -> key.line() != line && !isRevoked(key) && key.replacedBy().isEmpty())
        .filter(key -> isNamed(store, key))
        .min(Comparator.comparingInt(KeyRecord::line));
  }

  private boolean hasPlace(KeyRecord key, int line) {
    return neighbours.profiles().stream()
        .filter(one -> one.name().equals(key.profile()))
        .flatMap(one -> one.keyFile(key.device()).stream())
        .anyMatch(file -> file.lines().contains(line));
  }

  private Collection<Enrolment> current(KeyRecords store, String device) {
    return current(store, device, new Origins(store, device)).values();
  }

  /** The newest enrolment of each line that led to a key or may still, by line. */
  Map<Integer, Enrolment> current(KeyRecords store, String device, Origins origins) {
    Map<Integer, Enrolment> newest = new TreeMap<>();
    Set<Integer> unknown = new HashSet<>();
    for (Enrolment one : store.enrolmentsOfDevice(device)) {
      boolean counts = one.keyIdentifier().isPresent() || isOpen(one);
      if (!counts || newest.containsKey(one.line()) || unknown.contains(one.line())) {
        continue;
      }
      try {
        if (origins.isNamed(one)) {
          newest.put(one.line(), one);
        }
      } catch (RuntimeException e) {
        LOG.error("Nobody knows who enrolled line {} of {}", one.line(), device, e);
        unknown.add(one.line());
      }
    }
    return newest;
  }

  private Optional<KeyRecord> liveKey(KeyRecords store, Enrolment enrolment) {
    return enrolment.keyIdentifier().flatMap(store::key).filter(one -> !isRevoked(one));
  }

  private static boolean isNamed(KeyRecords store, KeyRecord key) {
    return key.device().filter(device -> new Origins(store, device).isNamed(key)).isPresent();
  }

  private boolean isOpen(Enrolment enrolment) {
    return enrolment.keyIdentifier().isEmpty() && clock.instant().isBefore(enrolment.expiresAt());
  }

  private boolean isRevoked(KeyRecord key) {
    return key.revocation().isPresent() || revocations.contains(key.keyIdentifier());
  }
}
