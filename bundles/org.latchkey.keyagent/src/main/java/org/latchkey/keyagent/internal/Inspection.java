package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.Generation;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.StoreUnavailableException;

/**
 * Compares keystore, snapshot of revocations and store, and says how the agent stands. A master key
 * is made only when none of the three knows of one; in doubt nothing is made and nothing is
 * checked. Called by one thread at a time.
 */
final class Inspection {

  private static final String NO_STORE = "The store is away";

  private final MasterKeyFile file;
  private final Revocations revocations;
  private final Neighbours neighbours;
  private final Generations generations;
  private String loadedStamp = "";
  private Optional<KeyRecords> reconciled = Optional.empty();

  Inspection(
      MasterKeyFile file, Revocations revocations, Neighbours neighbours, Generations generations) {
    this.file = file;
    this.revocations = revocations;
    this.neighbours = neighbours;
    this.generations = generations;
  }

  /** The standing that follows {@code before}; keys of its own are in the result or wiped. */
  Standing of(Standing before) {
    Optional<MasterKeys> held = before.keys();
    String stamp = file.stamp();
    if (!file.exists()) {
      return held.map(keys -> Standing.checkingOnly(keys, missing()))
          .orElseGet(this::withoutKeystore);
    }
    if (held.isPresent() && stamp.equals(loadedStamp)) {
      return judged(held.get(), before);
    }
    MasterKeys candidate;
    try {
      candidate = file.load();
    } catch (IOException e) {
      String reason = unusable(e);
      return held.map(keys -> Standing.checkingOnly(keys, reason))
          .orElseGet(() -> Standing.down(reason));
    }
    Standing next = judged(candidate, before);
    if (next.keys().filter(keys -> keys == candidate).isPresent()) {
      loadedStamp = stamp;
    } else {
      candidate.close();
    }
    return next;
  }

  private Standing withoutKeystore() {
    if (revocations.file().exists()) {
      return Standing.down(missing());
    }
    Optional<KeyRecords> store = neighbours.store();
    if (store.isEmpty()) {
      return Standing.down(NO_STORE + ": whether to make a first master key is not known")
          .waitingForOthers();
    }
    try {
      if (!store.get().generations().isEmpty()) {
        return Standing.down(missing());
      }
      generations.create(file, store.get());
      return of(Standing.down(""));
    } catch (StoreUnavailableException | AuditUnavailableException e) {
      return Standing.down("No first master key is made: " + e.getMessage()).waitingForOthers();
    } catch (IOException e) {
      return Standing.down("The first master key can't be written to " + file.names() + ": " + e);
    }
  }

  private Standing judged(MasterKeys candidate, Standing before) {
    Optional<KeyRecords> store = neighbours.store();
    if (store.isPresent()) {
      try {
        return withStore(candidate, before, store.get());
      } catch (StoreUnavailableException e) {
        return withoutStore(candidate, before, NO_STORE + ": " + e.getMessage()).waitingForOthers();
      }
    }
    return withoutStore(candidate, before, NO_STORE).waitingForOthers();
  }

  private Standing withStore(MasterKeys candidate, Standing before, KeyRecords store) {
    boolean same = before.keys().filter(keys -> keys == candidate).isPresent();
    List<Generation> known = store.generations();
    Optional<String> misfit = generations.misfit(candidate, known, file.names());
    if (misfit.isPresent()) {
      return before
          .keys()
          .filter(keys -> keys != candidate)
          .map(keys -> Standing.checkingOnly(keys, misfit.get()))
          .orElseGet(() -> Standing.down(misfit.get()));
    }
    if (same && before.issuing().isEmpty() && reconciled.filter(s -> s == store).isPresent()) {
      revocations.persist(candidate);
      return before;
    }
    Optional<RevocationFile.Snapshot> snapshot = snapshot(candidate);
    boolean unverified = snapshot.isEmpty() && revocations.file().exists();
    if (unverified && known.isEmpty()) {
      return Standing.down("The store knows no generation, and " + doNotBelong());
    }
    int unknown = revocations.reconcile(candidate, store.revoked(), snapshot);
    try {
      generations.adopt(candidate, known, store);
    } catch (AuditUnavailableException e) {
      return Standing.checkingOnly(
          candidate, "A generation is new to the store: " + e.getMessage());
    }
    reconciled = Optional.of(store);
    return Standing.well(candidate, note(unknown, unverified));
  }

  private Standing withoutStore(MasterKeys candidate, Standing before, String reason) {
    Optional<MasterKeys> held = before.keys();
    if (held.filter(keys -> keys == candidate).isPresent()) {
      revocations.persist(candidate);
      return Standing.checkingOnly(candidate, reason);
    }
    Optional<RevocationFile.Snapshot> snapshot = snapshot(candidate);
    if (snapshot.isPresent()) {
      revocations.startFrom(snapshot.get());
      return Standing.checkingOnly(
          candidate, reason + "; revocations are those of " + snapshot.get().takenAt());
    }
    String doubt =
        revocations.file().exists()
            ? reason + ", and " + doNotBelong()
            : reason + ", and there is no snapshot of revocations " + revocations.file().name();
    return held.map(keys -> Standing.checkingOnly(keys, doubt))
        .orElseGet(() -> Standing.down(doubt));
  }

  private Optional<RevocationFile.Snapshot> snapshot(MasterKeys keys) {
    try {
      return revocations.file().exists() ? revocations.file().read(keys) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> note(int unknown, boolean unverified) {
    if (unverified) {
      return Optional.of(otherSnapshot() + "; it was written anew from the store");
    }
    return unknown == 0
        ? Optional.empty()
        : Optional.of(
            unknown
                + " revocations of the snapshot are not in the store, as after bringing back an"
                + " older store; those keys stay revoked");
  }

  private String otherSnapshot() {
    return "the snapshot of revocations "
        + revocations.file().name()
        + " can't be read or does not verify with the master key";
  }

  private String doNotBelong() {
    return otherSnapshot() + " in " + file.names() + ": bring back those that belong together";
  }

  private String missing() {
    return "The enterprise master key is missing: bring back " + file.names();
  }

  private String unusable(IOException e) {
    return "The enterprise master key can't be opened ("
        + e.getMessage()
        + "): bring back "
        + file.names();
  }
}
