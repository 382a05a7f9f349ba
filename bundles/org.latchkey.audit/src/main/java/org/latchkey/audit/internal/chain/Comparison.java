package org.latchkey.audit.internal.chain;

import java.util.List;
import java.util.Optional;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.ChainedRecord;

/**
 * Compares two archives that each are chains of their own.
 *
 * @param one of them
 * @param other of them
 */
record Comparison(AuditArchive one, AuditArchive other) {

  private static final int WINDOW = 1_000;

  /** The first record up to {@code end} that is not the same in both. */
  Optional<Long> firstDifference(long end) {
    if (end == 0 || (isChained(end) && isChained(1) && same(at(one, end), at(other, end)))) {
      return Optional.empty();
    }
    for (long first = 1; first <= end; first += WINDOW) {
      int most = (int) Math.min(WINDOW, end - first + 1);
      List<ChainedRecord> ours = one.read(first, most);
      List<ChainedRecord> theirs = other.read(first, most);
      for (int i = 0; i < most; i++) {
        if (i >= ours.size() || i >= theirs.size() || !same(ours.get(i), theirs.get(i))) {
          return Optional.of(first + i);
        }
      }
    }
    return Optional.empty();
  }

  /** Where both have their links, equal hashes at the end stand for all before it. */
  private boolean isChained(long number) {
    return !at(one, number).hash().isEmpty() && !at(other, number).hash().isEmpty();
  }

  private static boolean same(ChainedRecord a, ChainedRecord b) {
    if (!a.hash().isEmpty() && !b.hash().isEmpty()) {
      return a.hash().equals(b.hash());
    }
    return Canonical.fields(a.number(), a.entry()).equals(Canonical.fields(b.number(), b.entry()));
  }

  private static ChainedRecord at(AuditArchive archive, long number) {
    List<ChainedRecord> found = archive.read(number, 1);
    if (found.isEmpty()) {
      throw new IllegalStateException(archive.name() + " has no record " + number);
    }
    return found.get(0);
  }
}
