package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.latchkey.audit.AuditEntry;
import org.latchkey.custody.KeyCustody;
import org.latchkey.custody.MasterKey;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;
import org.latchkey.keyscheme.KeyIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done once after a restore. Each step may be done twice: a process that dies in
 * between goes on from the note.
 */
final class Restored {

  private static final Logger LOG = LoggerFactory.getLogger(Restored.class);

  private final Path folder;
  private final Evidence evidence;
  private final Clock clock;
  private Optional<RestoredNote> note = Optional.empty();
  private boolean said;

  Restored(Path folder, Evidence evidence, Clock clock) {
    this.folder = folder;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Says in the audit log that there was a restore, before the keys are looked at. If the store was
   * not restored, makes the generation that is to issue.
   *
   * @throws IOException when the note or the custody can't be used
   * @throws org.latchkey.audit.AuditUnavailableException when it can't be said; nothing may be done
   */
  void begin(KeyCustody custody) throws IOException {
    Optional<RestoredNote> found = RestoredNote.read(folder);
    if (found.isEmpty() || note.isPresent()) {
      return;
    }
    RestoredNote now = found.get();
    if (!said) {
      audit(now.actor(), "backup.restored", now.words());
      said = true;
      LOG.warn("{}", now.words());
    }
    if (now.withStore()) {
      RestoredNote.delete(folder);
    } else {
      note = Optional.of(withNext(custody, now));
    }
  }

  private RestoredNote withNext(KeyCustody custody, RestoredNote now) throws IOException {
    Map<Integer, MasterKey> keys = custody.open();
    keys.values().forEach(MasterKey::close);
    RestoredNote chosen = now;
    if (now.next() == 0) {
      int next = Collections.max(keys.keySet()) + 1;
      if (next > KeyIdentifier.MAX_GENERATION) {
        throw new IOException("the last number of a generation, 1023, is used");
      }
      chosen = now.withNext(next);
      chosen.write(folder);
    }
    if (!keys.containsKey(chosen.next())) {
      audit(now.actor(), "master-key.created", "Generation " + chosen.next());
      custody.create(chosen.next());
    }
    return chosen;
  }

  /**
   * A generation as a new store shall have it after such a restore: what was cut off stays so, and
   * what was compromised is cut off, since nobody knows any more which phones were held for it.
   *
   * @param before what the snapshot of revocations says of generations
   * @return empty when there was no such restore
   */
  Optional<Generation> found(Generation created, Roster before) {
    return note.map(
        what -> {
          int number = created.number();
          if (number == what.next()) {
            return created.found(State.ISSUING);
          }
          Generation old = created.found(State.VERIFY_ONLY);
          if (before.compromised().contains(number)) {
            return old.asCompromised().asCutOff();
          }
          return before.cutOff().contains(number) ? old.asCutOff() : old;
        });
  }

  /** The store knows all generations now. */
  void end() {
    if (note.isEmpty()) {
      return;
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
