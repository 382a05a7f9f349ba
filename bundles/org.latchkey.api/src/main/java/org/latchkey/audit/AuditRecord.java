package org.latchkey.audit;

/**
 * An entry as it was kept.
 *
 * @param number its place, from 1, without gaps
 * @param entry what was done
 */
public record AuditRecord(long number, AuditEntry entry) {}
