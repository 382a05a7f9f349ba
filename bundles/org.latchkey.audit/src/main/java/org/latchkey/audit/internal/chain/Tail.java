package org.latchkey.audit.internal.chain;

import java.util.List;
import java.util.Optional;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.ChainedRecord;

/**
 * What an archive ends with, as it is looked at when the log starts.
 *
 * @param end its last record, {@link Link#START} when there is none
 * @param chained whether its last record has its link of the chain, or there is none
 * @param damage what is wrong with its last records
 * @param stand how it stands to the head that the process before kept
 */
record Tail(Link end, boolean chained, Optional<String> damage, Stand stand) {

  /** How many records are verified at a start; {@code audit --verify} does all. */
  private static final int LOOK_BACK = 200;

  private static final int WINDOW = 1_000;
  private static final String LOST = " has lost its hash";

  /** Looks; reads all records only where none has a link yet. */
  static Tail of(AuditArchive archive, Left left) {
    Tail tail = of(archive);
    return new Tail(tail.end, tail.chained, tail.damage, left.stand(archive, tail.end));
  }

  private static Tail of(AuditArchive archive) {
    Optional<ChainedRecord> last = archive.last();
    if (last.isEmpty()) {
      return new Tail(Link.START, true, Optional.empty(), Stand.UNTOLD);
    }
    if (last.get().hash().isEmpty()) {
      return folded(archive, last.get().number());
    }
    Optional<String> damage = damage(archive, last.get().number());
    return new Tail(Link.of(last.get()), true, damage, Stand.UNTOLD);
  }

  /** Its last record. */
  static Link end(AuditArchive archive) {
    return of(archive, Left.NOTHING).end();
  }

  /** The same, whose chain is still to begin. */
  Tail notChained() {
    return new Tail(end, false, damage, stand);
  }

  /** Whether it lacks nothing that the signed head covers. */
  boolean reachesHead() {
    return stand == Stand.UNTOLD || stand.leadsToHead();
  }

  private static Optional<String> damage(AuditArchive archive, long last) {
    List<ChainedRecord> records = archive.read(Math.max(1, last - LOOK_BACK), LOOK_BACK + 1);
    Link link = Link.of(records.get(0));
    for (ChainedRecord record : records.subList(1, records.size())) {
      if (!link.hash().isEmpty() && record.hash().isEmpty()) {
        return Optional.of("record " + record.number() + LOST);
      }
      if (!link.hash().isEmpty() && !link.precedes(record)) {
        return Optional.of("record " + record.number() + " does not follow from the one before it");
      }
      link = Link.of(record);
    }
    return Optional.empty();
  }

  /** The chain over records that were written before there was one, unless they lost it. */
  private static Tail folded(AuditArchive archive, long last) {
    Link link = Link.START;
    Optional<String> damage = Optional.empty();
    while (link.number() < last) {
      for (ChainedRecord record : archive.read(link.number() + 1, WINDOW)) {
        if (record.number() != link.number() + 1) {
          throw new IllegalStateException("record " + (link.number() + 1) + " is missing");
        }
        if (damage.isEmpty()
            && (!record.hash().isEmpty() || record.entry().action().equals(Chain.BEGUN))) {
          damage = Optional.of("a record from " + record.number() + " on" + LOST);
        }
        link = Link.of(link.next(record.entry()));
      }
    }
    return new Tail(link, damage.isPresent(), damage, Stand.UNTOLD);
  }
}
