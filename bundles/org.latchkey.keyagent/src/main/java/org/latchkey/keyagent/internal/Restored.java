package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.audit.AuditEntry;
import org.latchkey.custody.KeyCustody;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;
import org.latchkey.key.KeyRecords;
import org.latchkey.keyscheme.KeyIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done once after a restore. Keys that were issued after the backup are out, and
 * nobody knows which: so that none of their identifiers is issued again, a new generation issues.
 * Each step may be done twice: a process that dies in between goes on from the note.
 */
final class Restored {

  private static final Logger LOG = LoggerFactory.getLogger(Restored.class);

  private final Path folder;
  private final Evidence evidence;
  private final Clock clock;
  private Optional<RestoredNote> note = Optional.empty();

  Restored(Path folder, Evidence evidence, Clock clock) {
    this.folder = folder;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Says in the audit log that there was a restore, before the keys are looked at.
   *
   * @throws IOException when the note can't be read
   * @throws org.latchkey.audit.AuditUnavailableException when it can't be said; nothing may be done
   */
  void begin() throws IOException {
    if (note.isPresent()) {
      return;
    }
    Optional<RestoredNote> found = RestoredNote.read(folder);
    if (found.isPresent()) {
      RestoredNote now = found.get();
      audit(now.actor(), "backup.restored", now.words());
      LOG.warn("{}", now.words());
      note = found;
    }
  }

  /** Whether something is left to be done. */
  boolean pending() {
    return note.isPresent();
  }

  /**
   * Makes the key of the generation that is to issue.
   *
   * @param keys all generations of the custody
   * @param highest the highest number that store or snapshot know of
   * @return whether it was made just now
   * @throws IOException when the note or the custody can't be used
   */
  boolean makesNext(KeyCustody custody, Set<Integer> keys, int highest) throws IOException {
    if (note.isEmpty()) {
      return false;
    }
    RestoredNote now = note.get();
    if (now.next() == 0) {
      int next = 1 + Math.max(highest, keys.stream().mapToInt(Integer::intValue).max().orElse(0));
      if (next > KeyIdentifier.MAX_GENERATION) {
        throw new IOException("the last number of a generation, 1023, is used");
      }
      now = now.withNext(next);
      now.write(folder);
      note = Optional.of(now);
    }
    if (keys.contains(now.next())) {
      return false;
    }
    audit(now.actor(), "master-key.created", "Generation " + now.next());
    custody.create(now.next());
    return true;
  }

  /** Whether this is the generation that is to issue. */
  boolean isNext(int number) {
    return note.filter(now -> now.next() == number).isPresent();
  }

  /** Issues with the new generation; the store knows all of them now. */
  void end(KeyRecords store) {
    if (note.isEmpty()) {
      return;
    }
    RestoredNote now = note.get();
    List<Generation> changed = new ArrayList<>();
    Instant at = Instant.now(clock).truncatedTo(ChronoUnit.MICROS);
    for (Generation g : store.generations()) {
      if (isNext(g.number()) && g.state() == State.DISTRIBUTED) {
        changed.add(g.advanced(State.ISSUING, at));
      } else if (!isNext(g.number()) && g.state() == State.ISSUING) {
        changed.add(g.advanced(State.VERIFY_ONLY, at));
      }
    }
    if (!changed.isEmpty()) {
      audit(now.actor(), "generation.issuing", "Generation %d issues".formatted(now.next()));
      store.advance(changed);
    }
    try {
      RestoredNote.delete(folder);
      note = Optional.empty();
    } catch (IOException e) {
      LOG.error("The note of a restore can't be removed; it is tried again", e);
    }
  }

  private void audit(String actor, String action, String detail) {
    evidence.append(new AuditEntry(Instant.now(clock), actor, action, "", "", "", "", detail));
  }
}
