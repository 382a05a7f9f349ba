package org.latchkey.audit.internal.chain;

import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.ChainedRecord;

/**
 * A place in the chain.
 *
 * @param number of the record; 0 before the first
 * @param hash of the record
 */
record Link(long number, String hash) {

  static final Link START = new Link(0, Canonical.GENESIS);

  static Link of(ChainedRecord record) {
    return new Link(record.number(), record.hash());
  }

  /** The record that follows with this entry. */
  ChainedRecord next(AuditEntry entry) {
    return Canonical.chained(hash, number + 1, entry);
  }

  /** Whether a record is the one that follows. One without a hash never is. */
  boolean precedes(ChainedRecord record) {
    return record.number() == number + 1 && record.hash().equals(next(record.entry()).hash());
  }
}
