package org.latchkey.shell.internal;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.latchkey.audit.AuditChain;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;

/** Prints new records of the audit log as they come, for as long as somebody reads them. */
public final class AuditFollower {

  /** How often is looked whether somebody still reads. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final int MOST = 10_000;

  private final AuditLog log;
  private final AuditChain chain;
  private final Printout out;

  /** Follows this log. */
  public AuditFollower(AuditLog log, AuditChain chain, Printout out) {
    this.log = log;
    this.chain = chain;
    this.out = out;
  }

  /**
   * Prints the last {@code limit} records and then all new ones, until the thread is interrupted,
   * as Ctrl-C does, or the console is gone.
   */
  public void follow(String phone, String action, int limit) {
    try {
      long after = newest();
      print(log.search(new AuditQuery(phone, action, 0, limit)), after);
      while (!out.isGone()) {
        if (chain.awaitAfter(after, LOOK)) {
          long newest = newest();
          print(log.search(new AuditQuery(phone, action, after, MOST)), newest);
          after = Math.max(after, newest);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long newest() {
    return log.search(new AuditQuery("", "", 0, 1)).stream()
        .mapToLong(AuditRecord::number)
        .findFirst()
        .orElse(0);
  }

  /** Those up to a number, the newest last. */
  private void print(List<AuditRecord> newestFirst, long upTo) {
    List<AuditRecord> records =
        newestFirst.stream().filter(record -> record.number() <= upTo).collect(Collectors.toList());
    Collections.reverse(records);
    records.forEach(record -> out.line(AuditSheet.line(record)));
  }
}
