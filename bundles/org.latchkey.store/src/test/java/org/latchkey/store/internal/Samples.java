package org.latchkey.store.internal;

import java.time.Instant;
import java.util.Optional;
import org.latchkey.audit.AuditEntry;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Enrolment;
import org.latchkey.key.KeyRecord;

/** Records as the key generating agent makes them. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00.123456Z");

  private Samples() {}

  /** An enrolment of extension 1001 on a phone of its own. */
  static Enrolment enrolment(String id) {
    return new Enrolment(
        id,
        new Aor("1001", "example.org"),
        Optional.of("805ec0000001"),
        1,
        Optional.of("Anna Überall"),
        true,
        Enrolment.CodeKind.TYPED,
        "hash-of-" + id,
        "admin",
        NOON,
        NOON.plusSeconds(900),
        5,
        Optional.empty());
  }

  /** The key that an enrolment leads to. */
  static KeyRecord key(String keyIdentifier, Enrolment enrolment) {
    return new KeyRecord(
        keyIdentifier,
        3,
        enrolment.aor(),
        "latchkey",
        enrolment.device(),
        enrolment.line(),
        DigestAlgorithm.SHA_256,
        "linphone",
        enrolment.displayName(),
        enrolment.id(),
        2,
        NOON.plusSeconds(60),
        Optional.empty(),
        Optional.empty());
  }

  static AuditEntry entry(String action, String aor) {
    return new AuditEntry(
        NOON, "admin", action, "d0key", aor, "805ec0000001", "192.0.2.7", "for the test");
  }
}
