package org.latchkey.keyagent.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latchkey.custody.KeyCustody;
import org.latchkey.files.OwnerFiles;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.keyscheme.KeyIdentifier;

/**
 * Master keys that a restore puts ready in a folder, with the snapshot of revocations: the
 * backup's, and what this node knows of the same keys, which a restore must not forget.
 */
final class StagedKeys {

  static final String CUSTODY = "custody";
  static final String REVOCATIONS = "revocations";

  private final Parts parts;
  private final Path folder;

  StagedKeys(Parts parts, Path folder) {
    this.parts = parts;
    this.folder = folder;
  }

  /**
   * Puts them there.
   *
   * @return what an administrator should know
   */
  List<String> put(KeyArchive archive) throws IOException {
    List<String> notes = new ArrayList<>();
    boolean keys = !archive.keys().keys().isEmpty();
    if (keys) {
      keystore(archive);
    } else {
      notes.add(
          "The master keys are not in the backup: they are in '%s', which this node needs too. See the settings of etc/org.latchkey.keyagent.cfg."
              .formatted(archive.custody()));
    }
    write(CUSTODY, (keys ? KeystoreFile.NAME : archive.custody()) + '\n');
    if (archive.revocations().isPresent()) {
      write(REVOCATIONS, archive.revocations().get());
    }
    Optional<MasterKeys> opened = open();
    if (opened.isEmpty()) {
      notes.add(
          "'%s' is sealed, so that nobody has looked whether they are in it."
              .formatted(archive.custody()));
      return notes;
    }
    try (MasterKeys there = opened.get()) {
      unite(there);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    return notes;
  }

  private void keystore(KeyArchive archive) throws IOException {
    try (KeystoreFile keystore = parts.place().keystoreIn(folder)) {
      if (keystore.sealed()) {
        throw new RequestRefusedException(
            "Nothing was restored: the keystore is sealed. Type latchkey:unseal with the passphrase"
                + " that the restored keys shall have, and restore again.");
      }
      for (Map.Entry<Integer, byte[]> key : archive.keys().keys().entrySet()) {
        try (Secret secret = Secret.copyOf(key.getValue())) {
          keystore.adopt(key.getKey(), secret);
        }
      }
    }
  }

  private void write(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    OwnerFiles.write(folder.resolve(name), new ByteArrayInputStream(bytes));
    Arrays.fill(bytes, (byte) 0);
  }

  /** The keys as they will be, for the caller to close; empty when they are sealed. */
  private Optional<MasterKeys> open() throws IOException {
    String name = Files.readString(folder.resolve(CUSTODY)).strip();
    try (KeystoreFile keystore = parts.place().keystoreIn(folder)) {
      Optional<KeyCustody> custody =
          name.equals(KeystoreFile.NAME)
              ? Optional.of((KeyCustody) keystore)
              : parts.place().named(name);
      if (custody.isEmpty()) {
        throw refused(name, "no custody of that name is here");
      }
      if (custody.get().sealed()) {
        return Optional.empty();
      }
      return Optional.of(parts.checks().load(custody.get()));
    } catch (IOException e) {
      throw refused(name, String.valueOf(e.getMessage()));
    }
  }

  private static RequestRefusedException refused(String custody, String why) {
    return new RequestRefusedException(
        "Nothing was restored: the master keys are in '%s', and that can't be opened here: %s. Connect it, see to the settings of etc/org.latchkey.keyagent.cfg, and restore again."
            .formatted(custody, why));
  }

  /** What was revoked, cut off or destroyed on this node of the same keys stays so. */
  private void unite(MasterKeys keys) throws IOException {
    RevocationFile file = new RevocationFile(folder);
    RevocationFile.Snapshot theirs =
        (file.exists() ? file.read(keys) : Optional.<RevocationFile.Snapshot>empty())
            .orElse(RevocationFile.Snapshot.NONE);
    RevocationFile.Snapshot ours = parts.revocations().snapshot();
    Set<Integer> same = same(keys);
    Set<String> revoked = new HashSet<>(theirs.revoked());
    ours.revoked().stream().filter(key -> isOf(key, same)).forEach(revoked::add);
    Roster roster =
        united(theirs.roster().orElse(Roster.NONE), ours.roster().orElse(Roster.NONE), same, keys);
    if (!revoked.equals(theirs.revoked()) || !theirs.roster().equals(Optional.of(roster))) {
      file.write(keys, new RevocationFile.Snapshot(ours.takenAt(), Optional.of(roster), revoked));
    }
  }

  private static boolean isOf(String keyIdentifier, Set<Integer> generations) {
    return KeyIdentifier.parse(keyIdentifier)
        .filter(key -> generations.contains(key.generation()))
        .isPresent();
  }

  /** Numbers that mean the same key on this node. */
  private Set<Integer> same(MasterKeys restored) {
    Map<Integer, String> ours = new TreeMap<>();
    try {
      List<Generation> known =
          parts.neighbours().store().map(KeyRecords::generations).orElse(List.of());
      known.forEach(g -> ours.put(g.number(), g.checkValue()));
    } catch (StoreUnavailableException e) {
      // Then those whose key is here.
      ours.clear();
    }
    parts
        .custody()
        .standing()
        .keys()
        .ifPresent(keys -> keys.generations().forEach(n -> ours.put(n, keys.checkValue(n))));
    return restored.generations().stream()
        .filter(number -> restored.checkValue(number).equals(ours.get(number)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The numbers of generations that stay behind are never used again. */
  private static Roster united(Roster theirs, Roster ours, Set<Integer> same, MasterKeys keys) {
    Map<Integer, State> states = new TreeMap<>(theirs.states());
    Set<Integer> cutOff = new TreeSet<>(theirs.cutOff());
    Set<Integer> compromised = new TreeSet<>(theirs.compromised());
    ours.states()
        .forEach(
            (number, state) -> {
              if (same.contains(number)) {
                states.merge(number, state, (a, b) -> a.compareTo(b) > 0 ? a : b);
              } else if (!keys.generations().contains(number)) {
                states.putIfAbsent(number, State.DESTROYED);
              }
            });
    ours.cutOff().stream().filter(same::contains).forEach(cutOff::add);
    ours.compromised().stream().filter(same::contains).forEach(compromised::add);
    return new Roster(states, cutOff, compromised);
  }

  /**
   * Compares them with what the restored store will know.
   *
   * @return what an administrator should know
   */
  List<String> compare(List<Generation> known) throws IOException {
    Optional<MasterKeys> opened = open();
    if (opened.isEmpty()) {
      return List.of();
    }
    try (MasterKeys keys = opened.get()) {
      Optional<String> foreign = parts.checks().foreign(keys, known, "keys.backup");
      if (foreign.isPresent()) {
        throw new RequestRefusedException(
            "Nothing was restored: %s. Take all files from one backup.".formatted(foreign.get()));
      }
      return known.stream()
          .filter(g -> g.state() != State.DESTROYED)
          .filter(g -> !keys.generations().contains(g.number()))
          .map(
              g ->
                  "The master key of generation %d is neither in the backup nor here: its phones do not register, the others do."
                      .formatted(g.number()))
          .toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
