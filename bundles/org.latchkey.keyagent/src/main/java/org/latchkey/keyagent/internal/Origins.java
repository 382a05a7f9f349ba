package org.latchkey.keyagent.internal;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;

/**
 * Where the lines of a device come from: a successor is as good as the enrolment of the key that it
 * succeeds, however often that was done. Not thread-safe.
 */
final class Origins {

  private static final int MOST_PREDECESSORS = 1_000;

  /** By these an administrator names the device. */
  private static final Set<CodeKind> NAMED =
      EnumSet.of(CodeKind.URL, CodeKind.TYPED, CodeKind.LINE, CodeKind.INVENTORY);

  private final KeyRecords store;
  private final String device;
  private @Nullable List<KeyRecord> keys;

  Origins(KeyRecords store, String device) {
    this.store = store;
    this.device = device;
  }

  /** The enrolment that an enrolment goes back to; empty when that is not known. */
  Optional<Enrolment> of(Enrolment enrolment) {
    Optional<Enrolment> at = Optional.of(enrolment);
    for (int i = 0; i < MOST_PREDECESSORS && at.isPresent(); i++) {
      Enrolment one = at.get();
      if (one.codeKind() != CodeKind.LOGIN) {
        return at;
      }
      at =
          keys().stream()
              .filter(key -> !key.enrolment().equals(one.id()) && leadsTo(key, one.id()))
              .findFirst()
              .flatMap(key -> store.enrolment(key.enrolment()));
    }
    return Optional.empty();
  }

  /** The enrolment that a key goes back to. */
  Optional<Enrolment> of(KeyRecord key) {
    return store.enrolment(key.enrolment()).flatMap(this::of);
  }

  /** Whether an administrator has named the device for an enrolment. */
  boolean isNamed(Enrolment enrolment) {
    return of(enrolment).filter(Origins::names).isPresent();
  }

  /** Whether an administrator has named the device for a key. */
  boolean isNamed(KeyRecord key) {
    return of(key).filter(Origins::names).isPresent();
  }

  /** Whether an enrolment goes back to an entry of the inventory. */
  boolean isListed(Enrolment enrolment) {
    return of(enrolment).filter(origin -> origin.codeKind() == CodeKind.INVENTORY).isPresent();
  }

  private static boolean names(Enrolment origin) {
    return origin.device().isPresent() && NAMED.contains(origin.codeKind());
  }

  private List<KeyRecord> keys() {
    List<KeyRecord> known = keys;
    if (known == null) {
      known = store.keysOfDevice(device);
      keys = known;
    }
    return known;
  }

  private static boolean leadsTo(KeyRecord key, String enrolment) {
    return key.revocation()
        .flatMap(KeyRecord.Revocation::successor)
        .filter(enrolment::equals)
        .isPresent();
  }
}
