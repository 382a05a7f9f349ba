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
public record AuditQuery(String phone, String action, long after, int limit) {

  private static final int MOST = 10_000;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when {@code limit} or {@code after} is out of its range
   */
  public AuditQuery {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("ask for 1 to 10000 audit records at a time");
    }
    if (after < 0) {
      throw new IllegalArgumentException("audit records are numbered from 1");
    }
  }
}
