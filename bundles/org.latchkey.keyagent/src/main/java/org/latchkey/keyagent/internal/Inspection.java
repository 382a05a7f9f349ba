package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.custody.KeyCustody;
import org.latchkey.key.Generation;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.StoreUnavailableException;

/**
 * Compares custody, snapshot of revocations and store, and says how the agent stands. A master key
 * is made only when none of the three knows of one; in doubt nothing is made and nothing is
 * checked. Called by one thread at a time.
 */
final class Inspection {

  private static final String NO_STORE = "The store is away";

  private final AgentSettings settings;
  private final KeyPlace place;
  private final Revocations revocations;
  private final Neighbours neighbours;
  private final GenerationChecks generations;
  private String loadedStamp = "";
  private Optional<KeyRecords> reconciled = Optional.empty();

  Inspection(
      AgentSettings settings,
      KeyPlace place,
      Revocations revocations,
      Neighbours neighbours,
      GenerationChecks generations) {
    this.settings = settings;
    this.place = place;
    this.revocations = revocations;
    this.neighbours = neighbours;
    this.generations = generations;
  }

  /** The standing that follows {@code before}; keys of its own are in the result or wiped. */
  Standing of(Standing before) {
    try {
      return of(before, place.inForce());
    } catch (IOException e) {
      return without(before, String.valueOf(e.getMessage()));
    }
  }

  private Standing of(Standing before, KeyCustody custody) {
    if (custody.sealed()) {
      return without(before, "%s is sealed: type latchkey:unseal".formatted(custody.place()));
    }
    Optional<String> unsaid = restored();
    if (unsaid.isPresent()) {
      return without(before, unsaid.get()).waitingForOthers();
    }
    Optional<MasterKeys> held = before.keys();
    String stamp = custody.name() + ' ' + custody.stamp();
    if (!custody.exists()) {
      return held.isPresent() ? without(before, missing(custody)) : withoutKeys(custody);
    }
    if (held.isPresent() && stamp.equals(loadedStamp)) {
      return judged(held.get(), before, custody);
    }
    MasterKeys candidate;
    try {
      candidate = proved(custody);
    } catch (IOException | UncheckedIOException e) {
      return without(before, unusable(e, custody));
    }
    Standing next = judged(candidate, before, custody);
    if (next.keys().filter(keys -> keys == candidate).isPresent()) {
      loadedStamp = stamp;
    } else {
      candidate.close();
    }
    return next;
  }

  /** Why what a restore has left to be done can't be begun, if so. */
  private Optional<String> restored() {
    try {
      generations.restored().begin();
      return Optional.empty();
    } catch (AuditUnavailableException e) {
      return Optional.of("The restore is not in the audit log yet: " + e.getMessage());
    } catch (IOException e) {
      return Optional.of("The restore can't go on: " + e.getMessage());
    }
  }

  private MasterKeys proved(KeyCustody custody) throws IOException {
    MasterKeys keys = generations.load(custody);
    try {
      keys.prove(settings.realms(), settings.domains());
      return keys;
    } catch (UncheckedIOException e) {
      keys.close();
      throw e;
    }
  }

  /** Checks on with what is in memory, if something is. */
  private static Standing without(Standing before, String reason) {
    return before
        .keys()
        .map(keys -> Standing.checkingOnly(keys, before.roster(), reason))
        .orElseGet(() -> Standing.down(reason));
  }

  private Standing withoutKeys(KeyCustody custody) {
    if (revocations.file().exists()) {
      return Standing.down(missing(custody));
    }
    Optional<KeyRecords> store = neighbours.store();
    if (store.isEmpty()) {
      return Standing.down(NO_STORE + ": whether to make a first master key is not known")
          .waitingForOthers();
    }
    try {
      if (!store.get().generations().isEmpty()) {
        return Standing.down(missing(custody));
      }
      generations.create(custody, store.get());
      return of(Standing.down(""));
    } catch (StoreUnavailableException | AuditUnavailableException e) {
      return Standing.down("No first master key is made: " + e.getMessage()).waitingForOthers();
    } catch (IOException | UncheckedIOException e) {
      return Standing.down(
          "The first master key can't be made in " + custody.place() + ": " + e.getMessage());
    }
  }

  private Standing judged(MasterKeys candidate, Standing before, KeyCustody custody) {
    Optional<KeyRecords> store = neighbours.store();
    if (store.isPresent()) {
      try {
        return withStore(candidate, before, custody, store.get());
      } catch (StoreUnavailableException e) {
        return withoutStore(candidate, before, custody, NO_STORE + ": " + e.getMessage())
            .waitingForOthers();
      }
    }
    return withoutStore(candidate, before, custody, NO_STORE).waitingForOthers();
  }

  private Standing withStore(
      MasterKeys candidate, Standing before, KeyCustody custody, KeyRecords store) {
    boolean same = before.keys().filter(keys -> keys == candidate).isPresent();
    List<Generation> known = store.generations();
    Optional<String> foreign = generations.foreign(candidate, known, custody.place());
    if (foreign.isPresent()) {
      return unfit(candidate, before, foreign.get());
    }
    if (same
        && before.issuing().isEmpty()
        && before.roster().equals(Roster.of(known))
        && reconciled.filter(s -> s == store).isPresent()) {
      revocations.persist(candidate);
      return before;
    }
    Optional<RevocationFile.Snapshot> snapshot = snapshot(candidate);
    boolean unverified = snapshot.isEmpty() && revocations.file().exists();
    if (unverified && known.isEmpty()) {
      return Standing.down("The store knows no generation, and " + doNotBelong(custody));
    }
    Roster said = snapshot.flatMap(RevocationFile.Snapshot::roster).orElse(Roster.NONE);
    FoundGenerations found = new FoundGenerations(known, said);
    try {
      if (generations.restored().makesNext(custody, candidate.generations(), found.highest())) {
        return of(before);
      }
      generations.adopt(candidate, found, store);
    } catch (AuditUnavailableException | IOException e) {
      Roster roster = found.roster(candidate.generations());
      onlyIssued(roster, store);
      revocations.reconcile(candidate, roster, store.revoked(), snapshot);
      return Standing.checkingOnly(
          candidate, roster, "A generation is new to the store: " + e.getMessage());
    }
    Roster roster = Roster.of(store.generations());
    Optional<String> missing = GenerationChecks.missing(candidate, roster, custody.place());
    if (missing.isPresent()) {
      return unfit(candidate, before, missing.get());
    }
    onlyIssued(roster, store);
    int unknown = revocations.reconcile(candidate, roster, store.revoked(), snapshot);
    generations.wipeDestroyed(custody, candidate, roster);
    reconciled = Optional.of(store);
    return Standing.well(candidate, roster, note(unknown, unverified));
  }

  /** Keys in memory that were right go on checking. */
  private static Standing unfit(MasterKeys candidate, Standing before, String reason) {
    return before
        .keys()
        .filter(keys -> keys != candidate)
        .map(keys -> Standing.checkingOnly(keys, before.roster(), reason))
        .orElseGet(() -> Standing.down(reason));
  }

  private void onlyIssued(Roster roster, KeyRecords store) {
    Set<Integer> compromised = roster.verifyingCompromised();
    Set<String> issued =
        compromised.isEmpty()
            ? Set.of()
            : store.keys().stream()
                .filter(key -> compromised.contains(key.generation()))
                .map(KeyRecord::keyIdentifier)
                .collect(Collectors.toSet());
    revocations.onlyIssued(compromised, issued);
  }

  private Standing withoutStore(
      MasterKeys candidate, Standing before, KeyCustody custody, String reason) {
    Optional<MasterKeys> held = before.keys();
    if (held.filter(keys -> keys == candidate).isPresent()) {
      revocations.persist(candidate);
      return Standing.checkingOnly(candidate, before.roster(), reason);
    }
    Optional<RevocationFile.Snapshot> snapshot = snapshot(candidate);
    if (snapshot.isPresent()) {
      revocations.startFrom(snapshot.get());
      return Standing.checkingOnly(
          candidate,
          snapshot
              .flatMap(RevocationFile.Snapshot::roster)
              .orElseGet(() -> verifying(candidate.generations())),
          reason + "; revocations are those of " + snapshot.get().takenAt());
    }
    String doubt =
        revocations.file().exists()
            ? reason + ", and " + doNotBelong(custody)
            : reason + ", and there is no snapshot of revocations " + revocations.file().name();
    return held.map(keys -> Standing.checkingOnly(keys, before.roster(), doubt))
        .orElseGet(() -> Standing.down(doubt));
  }

  /** A snapshot of before there were states. */
  private static Roster verifying(Set<Integer> numbers) {
    return new Roster(
        numbers.stream().collect(Collectors.toMap(n -> n, n -> Generation.State.VERIFY_ONLY)),
        Set.of(),
        Set.of());
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

  private String doNotBelong(KeyCustody custody) {
    return otherSnapshot() + " in " + custody.place() + ": bring back those that belong together";
  }

  private static String missing(KeyCustody custody) {
    return "The enterprise master key is missing: bring back " + custody.place();
  }

  private static String unusable(Exception e, KeyCustody custody) {
    return "The enterprise master key can't be opened ("
        + e.getMessage()
        + "): bring back "
        + custody.place();
  }
}
