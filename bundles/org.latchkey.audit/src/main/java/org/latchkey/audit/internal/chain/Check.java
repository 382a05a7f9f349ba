package org.latchkey.audit.internal.chain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.ChainedRecord;

/**
 * Follows the chain through an archive, and names the first record that is not as it was written,
 * not there, or not in its place.
 */
public final class Check implements AuditArchive.Reader {

  private final Set<Long> places;
  private final Map<Long, String> hashes = new HashMap<>();
  private Link link = Link.START;
  private boolean chained;
  private long sealing;
  private long missing;
  private long standsThere;
  private Optional<String> problem = Optional.empty();

  /** A check that keeps the hashes of the records with these numbers. */
  public Check(Set<Long> places) {
    this.places = places;
  }

  /** The hashes that were asked for, as they follow from all that is before. */
  Map<Long, String> hashes() {
    return Map.copyOf(hashes);
  }

  /** Where the chain ends in it, or before the first problem. */
  Link end() {
    return link;
  }

  /** The first problem; known when all was read. */
  public Optional<String> problem() {
    return missing == 0
        ? problem
        : Optional.of(
            "record %d was removed: record %d stands in its place".formatted(missing, standsThere));
  }

  /**
   * The number of the chain's first record, if the problem is that it does not follow from those of
   * before the chain; 0 else.
   */
  long sealing() {
    return sealing;
  }

  @Override
  public boolean record(ChainedRecord record) {
    if (missing > 0) {
      return record.number() != missing || found();
    }
    ChainedRecord should = link.next(record.entry());
    long expected = should.number();
    boolean fits =
        record.hash().isEmpty() ? mayLackHash(record) : record.hash().equals(should.hash());
    if (record.number() == expected && fits) {
      if (beginsChain(record) && !record.entry().action().equals(Chain.BEGUN)) {
        return problem("record %d was altered: it has lost its hash".formatted(link.number()));
      }
      chained = !record.hash().isEmpty();
      link = Link.of(should);
      if (places.contains(expected)) {
        hashes.put(expected, link.hash());
      }
      return true;
    }
    if (record.number() == expected && beginsChain(record)) {
      sealing = expected;
      return problem(
          "one of records 1 to %d was altered: those before %d are older than the chain, which seals them as a whole"
              .formatted(expected, expected));
    }
    if (record.number() == expected) {
      return problem("record %d was altered".formatted(expected));
    }
    if (record.hash().equals(should.hash())) {
      return problem(
          "record %d was altered: it says it is %d".formatted(expected, record.number()));
    }
    if (record.number() < expected) {
      return problem(
          "record %d stands once more after record %d".formatted(record.number(), link.number()));
    }
    missing = expected;
    standsThere = record.number();
    return true;
  }

  @Override
  public boolean unreadable() {
    return missing > 0
        || problem(
            "record %d was altered: what stands there is no record".formatted(link.number() + 1));
  }

  /** Only what was written before there was a chain. */
  private boolean mayLackHash(ChainedRecord record) {
    return !chained && !record.entry().action().equals(Chain.BEGUN);
  }

  private boolean beginsChain(ChainedRecord record) {
    return !chained && link.number() > 0 && !record.hash().isEmpty();
  }

  private boolean found() {
    problem =
        Optional.of(
            "record %d was moved: record %d stands in its place".formatted(missing, standsThere));
    missing = 0;
    return false;
  }

  private boolean problem(String words) {
    problem = Optional.of(words);
    return false;
  }
}
