package org.latchkey.audit;

/**
 * Which records to find.
 *
 * @param phone an extension, AOR, device identifier, key identifier or address that a record must
 *     name; empty for any
 * @param action the beginning of the action, such as {@code key.}; empty for any
 * @param after only records with a greater number; 0 for any
 * @param limit how many at most, 1 to 10,000
 */
public record AuditQuery(String phone, String action, long after, int limit) {}
