package org.latchkey.audit.internal.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.AuditSink;
import org.latchkey.audit.ChainedRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks where a sink stands, and gives it what it lacks, from memory or from another archive. Each
 * record is written only where it follows from what is there; one without a hash only if it is of
 * before the chain and the chain's first record seals it.
 */
final class CatchUp implements Callable<Link> {

  /**
   * What others have.
   *
   * @param recent the end of the chain
   * @param archives where older records can be read
   * @param left what the process before left
   */
  record Others(Recent recent, List<AuditArchive> archives, Left left) {}

  /** Records of an archive. */
  private record Read(AuditArchive source, List<ChainedRecord> records) {}

  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final int WINDOW = 500;

  private final AuditSink sink;
  private final Link known;
  private final Others others;
  private final Recent recent;
  private final LongConsumer found;

  /** The archive that was last followed through records without a hash, and how far. */
  private Optional<AuditArchive> followed = Optional.empty();

  private long sealed;

  /**
   * A run.
   *
   * @param sink the one that is behind
   * @param known where it stands as far as known, for one that can't be asked
   * @param found is told with which record it ends
   */
  CatchUp(AuditSink sink, Link known, Others others, LongConsumer found) {
    this.sink = sink;
    this.known = known;
    this.others = others;
    this.recent = others.recent();
    this.found = found;
  }

  /**
   * Does it.
   *
   * @return where the sink stands now: at the end of {@code recent}, or beyond it when it holds
   *     records that go on from there
   * @throws ForkException when it holds other records than the chain
   */
  @Override
  public Link call() {
    Link at = sink instanceof AuditArchive archive ? position(archive) : known;
    found.accept(at.number());
    if (at.number() > recent.end().number()) {
      return beyond((AuditArchive) sink, at);
    }
    checkSame(at);
    while (at.number() < recent.end().number()) {
      List<ChainedRecord> records = following(at);
      sink.write(records);
      at = Link.of(records.get(records.size() - 1));
    }
    return at;
  }

  private static Link position(AuditArchive archive) {
    Optional<ChainedRecord> last = archive.last();
    if (last.isEmpty()) {
      return Link.START;
    }
    return last.get().hash().isEmpty() ? Tail.end(archive) : Link.of(last.get());
  }

  private void checkSame(Link at) {
    String hash = recent.hashOf(at.number()).orElseGet(() -> elsewhere(at.number()).hash());
    if (!hash.equals(at.hash())) {
      throw new ForkException(
          "its record " + at.number() + " is not the one that the chain has there");
    }
  }

  /** One of before the chain has no hash in the archive that it was first in. */
  private Link elsewhere(long number) {
    Read read =
        read(number, 1)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "what it holds can't be compared until another sink that has record "
                            + number
                            + " is back"));
    Link there = Link.of(read.records().get(0));
    return there.hash().isEmpty() ? new Unsealed(read.source(), recent.end()).at(number) : there;
  }

  private List<ChainedRecord> following(Link at) {
    Optional<Read> read =
        recent.reachesBackTo(at.number()) ? Optional.empty() : read(at.number() + 1, WINDOW);
    List<ChainedRecord> candidates =
        recent.reachesBackTo(at.number())
            ? recent.after(at.number())
            : read.map(Read::records).orElse(List.of());
    List<ChainedRecord> records = new ArrayList<>();
    Link link = at;
    for (ChainedRecord candidate : candidates) {
      if (candidate.number() > recent.end().number()) {
        break;
      }
      if (read.isPresent() && candidate.hash().isEmpty()) {
        requireSealed(read.get().source(), link);
      } else if (!link.precedes(candidate)) {
        throw new IllegalStateException(
            "it can't be caught up: record "
                + (link.number() + 1)
                + " of the other sink was altered or removed; latchkey:audit --verify says more");
      }
      ChainedRecord record = link.next(candidate.entry());
      records.add(record);
      link = Link.of(record);
      if (records.size() == WINDOW) {
        break;
      }
    }
    if (records.isEmpty()) {
      throw new IllegalStateException("no other sink has record " + (at.number() + 1));
    }
    return records;
  }

  private void requireSealed(AuditArchive source, Link before) {
    if (!followed.equals(Optional.of(source)) || before.number() >= sealed) {
      sealed = new Unsealed(source, recent.end()).last(before);
      followed = Optional.of(source);
    }
  }

  private Optional<Read> read(long first, int most) {
    for (AuditArchive source : others.archives()) {
      try {
        List<ChainedRecord> records = source.read(first, most);
        if (!records.isEmpty() && records.get(0).number() == first) {
          return Optional.of(new Read(source, records));
        }
      } catch (RuntimeException e) {
        // Another source may do; if none does, the caller says so.
        LOG.debug("The {} could not be read to catch up another sink", source.name(), e);
      }
    }
    return Optional.empty();
  }

  /** Verifies what the sink has after the end of the chain. */
  private Link beyond(AuditArchive archive, Link last) {
    Left left = others.left();
    Optional<String> accusation =
        left.inOrder()
            ? left.accusation(left.stand(archive, last), last.number(), false)
            : Optional.empty();
    if (accusation.isPresent()) {
      throw new ForkException(accusation.get());
    }
    Link link = recent.end();
    if (link.number() > 0) {
      List<ChainedRecord> same = archive.read(link.number(), 1);
      if (same.isEmpty() || !Link.of(same.get(0)).equals(link)) {
        throw new ForkException(
            "it has records from " + link.number() + " on that the chain has not");
      }
    }
    while (link.number() < last.number()) {
      for (ChainedRecord record : archive.read(link.number() + 1, WINDOW)) {
        if (!link.precedes(record)) {
          throw new ForkException("its record " + (link.number() + 1) + " does not follow");
        }
        link = Link.of(record);
      }
    }
    return link;
  }
}
