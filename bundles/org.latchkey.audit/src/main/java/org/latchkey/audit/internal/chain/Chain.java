package org.latchkey.audit.internal.chain;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.ChainedRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers and chains records and has all sinks write them at once. A number is given once: what no
 * archive could confirm goes to the first archive that comes back, and is followed by a record that
 * says that nothing came of it. For the chain's thread alone.
 */
final class Chain {

  private static final Logger LOG = LoggerFactory.getLogger(Chain.class);

  /** The action of a record that says what was not as it should be when the log started. */
  private static final String FOUND = "audit.found";

  /** The action of the first record that has a hash. */
  static final String BEGUN = "audit.chain-begun";

  /** Records that are written at once. */
  static final int BATCH = 500;

  private final Sinks sinks;
  private final Confirmed confirmed;
  private final Found found;
  private final Duration patience;
  private final Clock clock;

  /** Entries of the log's own, which go before all others. */
  private final List<AuditEntry> notes = new ArrayList<>();

  /** Empty until it is known where the chain goes on. */
  private Optional<Recent> end = Optional.empty();

  private long refusedFrom;

  /** Whether the log was stopped in order before, and the chain had begun by then. */
  private boolean mayStart;

  /** Names of the archives that were compared in this process. */
  private final Set<String> compared = new HashSet<>();

  /** With which record the chain began in this process, if it was one before. */
  private long begunAt;

  /** A chain of which it is not known yet where it goes on. */
  Chain(Sinks sinks, Confirmed confirmed, Found found, Duration patience, Clock clock) {
    this.sinks = sinks;
    this.found = found;
    this.confirmed = confirmed;
    this.patience = patience;
    this.clock = clock;
  }

  boolean isBegun() {
    return end.isPresent();
  }

  /** Whether there is something to write that nobody waits for. */
  boolean hasNotes() {
    return !notes.isEmpty();
  }

  /** Compares all sinks with the longest once before anything is added to it. */
  void begin(Tail tail) {
    end = Optional.of(Recent.after(tail.end()));
    confirmed.set(tail.end());
    begunAt = tail.chained() ? tail.end().number() : 0;
    sinks.lanes().forEach(lane -> lane.startsAt(tail.end()));
    catchUp();
    boolean unused = sinks.awaitCaughtUp(deadline());
    adoptLonger();
    mayStart = tail.chained() && found.left().inOrder();
    if (tail.end().number() == 0) {
      note(BEGUN, "The first record");
    } else if (!tail.chained()) {
      note(
          BEGUN,
          "Records 1 to "
              + tail.end().number()
              + " were written without a chain; what they say now is covered from here on");
    }
    sayWhatWasFound();
  }

  /** How many archives are known to have nothing beyond the end of the chain. */
  int comparedArchives() {
    for (Lane lane : sinks.archives()) {
      if (lane.wasComparedUpTo(recent().end())) {
        compared.add(lane.sink().name());
      }
    }
    return compared.size();
  }

  /** Whether this process has given a number to something. */
  boolean hasAdded() {
    return !recent().after(0).isEmpty();
  }

  /** Whether all that was ever given a number is confirmed. */
  boolean isSettled() {
    return end.filter(recent -> recent.end().equals(confirmed.link())).isPresent();
  }

  /**
   * Takes note of what the sinks did, and has those caught up that lack records.
   *
   * @param idle whether nothing is written next, with which they would get what they lack
   */
  void look(boolean idle) {
    sinks.look(recent());
    adoptLonger();
    if (idle) {
      sinks.fallBehind(recent());
    }
    catchUp();
    sayWhatWasFound();
  }

  private void catchUp() {
    sinks.catchUp(recent(), found.left());
  }

  private void sayWhatWasFound() {
    for (Lane lane : sinks.archives()) {
      lane.takeFound().ifPresent(last -> found.ended(lane, last, begunAt));
    }
    int unused = comparedArchives();
    found.takeNotes().forEach(words -> note(FOUND, words));
  }

  /** An archive that answered late may hold records that go on from the end of the chain. */
  private void adoptLonger() {
    for (Lane lane : sinks.archives()) {
      if (lane.state() != Lane.State.CURRENT
          || lane.position().number() <= recent().end().number()) {
        continue;
      }
      if (!lane.wasComparedWith(recent().end())) {
        // The chain has gone on since: it is compared again.
        lane.fallBehind();
      } else {
        LOG.warn(
            "The audit sink {} has records up to {}; the chain goes on there",
            lane.sink().name(),
            lane.position().number());
        found.wentOn(lane.sink().name(), recent().end().number(), lane.position().number());
        begunAt = lane.position().number();
        end = Optional.of(Recent.after(lane.position()));
        confirmed.set(lane.position());
      }
    }
    sinks.look(recent());
  }

  /** Whether some archive can be written, waiting for one that is being caught up. */
  boolean awaitWritable() {
    if (!sinks.anyCurrent()) {
      boolean unused = sinks.awaitCaughtUp(deadline());
      adoptLonger();
    }
    return sinks.anyCurrent();
  }

  /**
   * Adds entries.
   *
   * @return whether an archive has confirmed them all; else some may stand in the log all the same
   */
  boolean append(List<AuditEntry> entries) {
    sayWhatWasRefused();
    List<AuditEntry> all = new ArrayList<>();
    signedStart().ifPresent(all::add);
    all.addAll(notes);
    notes.clear();
    long firstOfOthers = recent().end().number() + 1 + all.size();
    all.addAll(entries);
    for (int from = 0; from < all.size(); from += BATCH) {
      if (!write(all.subList(from, Math.min(from + BATCH, all.size())))) {
        refusedFrom = firstOfOthers;
        return false;
      }
    }
    return true;
  }

  /** The record that comes before all others when nothing was added since the stop. */
  private Optional<AuditEntry> signedStart() {
    return found
        .left()
        .start()
        .filter(start -> mayStart && start.after().equals(recent().end()))
        .map(start -> start.entry(clock.instant()));
  }

  private void sayWhatWasRefused() {
    long to = recent().end().number();
    if (refusedFrom > 0 && refusedFrom <= to) {
      note(
          "audit.refused",
          "Records %d to %d could not be confirmed in time; what they speak of was refused"
              .formatted(refusedFrom, to));
    }
    refusedFrom = 0;
  }

  private boolean write(List<AuditEntry> entries) {
    sinks.look(recent());
    adoptLonger();
    List<ChainedRecord> records = new ArrayList<>();
    Link link = recent().end();
    for (AuditEntry entry : entries) {
      ChainedRecord record = link.next(entry);
      records.add(record);
      link = Link.of(record);
    }
    Recent before = recent();
    end = Optional.of(before.with(records));
    long deadline = deadline();
    if (sinks.write(before, recent(), deadline) || laggingHas(deadline)) {
      confirmed.set(link);
      return true;
    }
    return false;
  }

  /** Whether an archive that was still being caught up has it in time, now that it matters. */
  private boolean laggingHas(long deadline) {
    boolean unused = sinks.awaitCaughtUp(deadline);
    sinks.fallBehind(recent());
    catchUp();
    unused = sinks.awaitCaughtUp(deadline);
    return sinks.anyHas(recent());
  }

  private void note(String action, String detail) {
    notes.add(new AuditEntry(clock.instant(), "audit", action, "", "", "", "", detail));
  }

  private Recent recent() {
    return end.orElseThrow();
  }

  private long deadline() {
    return System.nanoTime() + patience.toNanos();
  }
}
