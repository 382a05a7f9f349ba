package org.latchkey.audit.internal.chain;

import java.util.List;
import java.util.Optional;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.ChainedRecord;

/**
 * What the process before left.
 *
 * @param head the last one that it kept
 * @param inOrder whether it was stopped in order: then it added no record after that head
 * @param start the record with which the chain goes on after that head if it was stopped there
 */
record Left(Optional<SignedHead> head, boolean inOrder, Optional<Start> start) {

  static final Left NOTHING = new Left(Optional.empty(), false, Optional.empty());

  /** A head that was kept, and the key that signed it. */
  static Left of(SignedHead head, boolean inOrder, HeadKey key) {
    return new Left(Optional.of(head), inOrder, Optional.of(new Start(head.link(), key)));
  }

  /** The last record that a signed head covers; 0 for none. */
  long covered() {
    return head.map(signed -> signed.link().number()).orElse(0L);
  }

  /** How an archive that ends there stands to the head. */
  Stand stand(AuditArchive archive, Link end) {
    if (head.isEmpty()) {
      return Stand.UNTOLD;
    }
    Link then = head.get().link();
    if (end.number() < then.number()) {
      return Stand.SHORT;
    }
    if (end.number() == then.number()) {
      return end.equals(then) ? Stand.ENDS : Stand.DIFFERS;
    }
    List<ChainedRecord> records = archive.read(then.number(), 2);
    if (records.size() < 2 || !at(archive, records.get(0), end).equals(Optional.of(then))) {
      return Stand.DIFFERS;
    }
    return start.filter(signed -> signed.isIn(records.get(1))).isPresent()
        ? Stand.STARTED
        : Stand.BEYOND;
  }

  /** Where a record stands; nowhere if it has lost its hash. */
  private static Optional<Link> at(AuditArchive archive, ChainedRecord record, Link end) {
    if (!record.hash().isEmpty()) {
      return Optional.of(Link.of(record));
    }
    try {
      return Optional.of(new Unsealed(archive, end).at(record.number()));
    } catch (SealException e) {
      return Optional.empty();
    }
  }

  /**
   * Why an archive that was found so can't be what the chain is, if it can't.
   *
   * @param end its last record
   * @param started whether another one has the signed start
   */
  Optional<String> accusation(Stand stand, long end, boolean started) {
    long stop = covered();
    String at = head.map(SignedHead::signedAt).orElse("");
    if (stand == Stand.DIFFERS) {
      return Optional.of(
          "record %d is not the one that the audit log %s, signed at %s"
              .formatted(stop, inOrder ? "was stopped with" : "had there", at));
    }
    if (stand == Stand.BEYOND && (started || inOrder)) {
      return Optional.of(
          "records %d to %d were added while the audit log did not run: it was stopped with record %d, signed at %s"
              .formatted(stop + 1, end, stop, at));
    }
    return Optional.empty();
  }
}
