package org.latchkey.audit;

/**
 * A record with its link of the hash chain, as a sink keeps it, or as it was found.
 *
 * @param number its place, from 1, without gaps
 * @param entry what was done
 * @param hash SHA-256 over the hash before it and its own fields, 64 lower-case hexadecimal digits;
 *     empty for a record that was written before there was a chain
 */
public record ChainedRecord(long number, AuditEntry entry, String hash) {

  /** The record without its link. */
  public AuditRecord record() {
    return new AuditRecord(number, entry);
  }
}
