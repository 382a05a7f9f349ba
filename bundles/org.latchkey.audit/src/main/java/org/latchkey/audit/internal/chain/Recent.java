package org.latchkey.audit.internal.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.audit.ChainedRecord;

/** The last records of the chain, in memory, for sinks that are a little behind. Immutable. */
final class Recent {

  private static final int MOST = 2_048;

  private final Link end;
  private final List<ChainedRecord> records;

  private Recent(Link end, List<ChainedRecord> records) {
    this.end = end;
    this.records = records;
  }

  /** Nothing yet; the chain goes on after {@code end}. */
  static Recent after(Link end) {
    return new Recent(end, List.of());
  }

  /** With more records at the end. */
  Recent with(List<ChainedRecord> more) {
    List<ChainedRecord> all = new ArrayList<>(records);
    all.addAll(more);
    List<ChainedRecord> kept =
        all.size() <= MOST ? all : all.subList(all.size() - MOST, all.size());
    return new Recent(Link.of(all.get(all.size() - 1)), List.copyOf(kept));
  }

  Link end() {
    return end;
  }

  /** Whether every record after {@code number} is here. */
  boolean reachesBackTo(long number) {
    return number >= end.number() - records.size();
  }

  /** The records after {@code number}. */
  List<ChainedRecord> after(long number) {
    int wanted = (int) Math.max(0, end.number() - number);
    return records.subList(Math.max(0, records.size() - wanted), records.size());
  }

  /** The hash of a record, if it is remembered. */
  Optional<String> hashOf(long number) {
    if (number == 0) {
      return Optional.of(Canonical.GENESIS);
    }
    if (number == end.number()) {
      return Optional.of(end.hash());
    }
    long index = records.size() - 1 - (end.number() - number);
    return index >= 0 && index < records.size()
        ? Optional.of(records.get((int) index).hash())
        : Optional.empty();
  }
}
