package org.latchkey.store.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Enrolment;
import org.latchkey.key.KeyRecord;

/** Records as the key generating agent makes them. */
final class Samples {

  /** The schema of before there was a chain of audit records, and a record of that time. */
  static final Schema OLD_SCHEMA = new Schema(List.of("V1__records.sql"));

  static final String OLD_AUDIT_ROW =
      """
      INSERT INTO audit_entry
             (number, done_at, actor, action, key_identifier, aor, device, source, detail)
      VALUES (1, CURRENT_TIMESTAMP, 'admin', 'key.issued', 'k', '1001@a', '', '', 'of old')
      """;
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

  /** Writes entries after those that are there, with hashes that stand for the audit log's. */
  static void append(AuditTable audit, AuditEntry... entries) {
    long number = audit.last().map(ChainedRecord::number).orElse(0L);
    List<ChainedRecord> records = new ArrayList<>();
    for (AuditEntry entry : entries) {
      number++;
      records.add(new ChainedRecord(number, entry, "%064x".formatted(number)));
    }
    audit.write(records);
  }

  static AuditEntry entry(String action, String aor) {
    return new AuditEntry(
        NOON, "admin", action, "d0key", aor, "805ec0000001", "192.0.2.7", "for the test");
  }
}
