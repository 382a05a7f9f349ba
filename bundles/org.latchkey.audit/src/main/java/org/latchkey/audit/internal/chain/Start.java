package org.latchkey.audit.internal.chain;

import java.time.Instant;
import java.util.Base64;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.ChainedRecord;

/**
 * The first record after a stop in order. It is signed with the key of the head, so that records
 * with which the log itself went on can be told from such that were added while it did not run. The
 * signature is over three lines of text, each with its line feed.
 */
final class Start {

  private static final String ACTION = "audit.started";
  private static final String SIGNATURE = "signature: ";

  private final Link after;
  private final HeadKey key;

  /** The start that follows a record with which the log was stopped. */
  Start(Link after, HeadKey key) {
    this.after = after;
    this.key = key;
  }

  Link after() {
    return after;
  }

  AuditEntry entry(Instant now) {
    String detail =
        "Stopped in order with record %d, started anew; "
            .formatted(after.number())
            .concat(SIGNATURE)
            .concat(Base64.getEncoder().encodeToString(key.sign(body())));
    return new AuditEntry(now, "audit", ACTION, "", "", "", "", detail);
  }

  /** Whether a record follows there and is such a start, signed with this node's key. */
  boolean isIn(ChainedRecord record) {
    AuditEntry entry = record.entry();
    int at = entry.detail().lastIndexOf(SIGNATURE);
    if (at < 0 || !entry.action().equals(ACTION) || !after.precedes(record)) {
      return false;
    }
    try {
      byte[] signed = Base64.getDecoder().decode(entry.detail().substring(at + SIGNATURE.length()));
      return HeadKey.verifies(key.publicKey(), body(), signed);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private String body() {
    return """
        Latchkey audit start, version 1
        number: %d
        hash: %s
        """
        .formatted(after.number(), after.hash());
  }
}
