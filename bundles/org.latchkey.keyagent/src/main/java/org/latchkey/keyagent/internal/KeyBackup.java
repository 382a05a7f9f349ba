package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.latchkey.backup.BackupPart;
import org.latchkey.backup.Restoration;
import org.latchkey.custody.KeyCustody;
import org.latchkey.files.LastingFiles;
import org.latchkey.key.Generation;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.key.StoreUnavailableException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The master keys as a part of a backup, with the snapshot of revocations. */
@Component(immediate = true)
public final class KeyBackup implements BackupPart {

  private static final String NAME = "keys";

  private final Parts parts;

  /** The service. */
  @Activate
  public KeyBackup(@Reference Agent agent) {
    this(agent.parts());
  }

  KeyBackup(Parts parts) {
    this.parts = parts;
  }

  /** The files that a restore of this part replaces. */
  static LastingFiles files(Path folder) {
    return LastingFiles.of(
        folder,
        NAME,
        folder,
        KeystoreFile.FILE,
        KeystoreFile.PASSPHRASE,
        StagedKeys.CUSTODY,
        StagedKeys.REVOCATIONS,
        RestoredNote.NAME);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String words() {
    return "the master keys";
  }

  @Override
  public Optional<String> present() {
    Optional<KeyRecords> store = parts.neighbours().store();
    try {
      if (store.isPresent()) {
        int keys = store.get().keys().size();
        int enrolments = store.get().enrolments().size();
        return keys + enrolments == 0
            ? Optional.empty()
            : Optional.of("%d phones' keys and %d enrolments".formatted(keys, enrolments));
      }
    } catch (StoreUnavailableException e) {
      return Optional.of("a store that can't be read, so that nobody knows which phones");
    }
    return Optional.of("no store at present, so that nobody knows which phones");
  }

  /** No generation comes, goes or changes while the parts are written. */
  @Override
  public Stillness still() {
    parts.turn().keep();
    return parts.turn()::give;
  }

  @Override
  public List<String> write(OutputStream out) throws IOException {
    parts.custody().look();
    Optional<String> fault = parts.custody().standing().issuing();
    if (fault.isPresent()) {
      throw new RequestRefusedException(
          "Nothing was backed up: " + fault.get() + ". Look at latchkey:status.");
    }
    try (KeyArchive archive = parts.custody().alone(this::archive)) {
      archive.write(out);
      return archive.keys().keys().size() == archive.checkValues().size()
          ? List.of()
          : List.of(left(archive));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static String left(KeyArchive archive) {
    return "The master keys never leave '%s', so they are not in this backup: make one of that with its maker's own means, and keep both. Everything else is in it."
        .formatted(archive.custody());
  }

  private KeyArchive archive() {
    KeyBytes bytes = new KeyBytes(new TreeMap<>());
    try {
      KeyCustody place = parts.place().inForce();
      TreeMap<Integer, String> checkValues = new TreeMap<>();
      try (MasterKeys keys = parts.checks().load(place)) {
        for (int number : keys.generations()) {
          checkValues.put(number, keys.checkValue(number));
          copy(place, number, bytes);
        }
      }
      return new KeyArchive(
          parts.settings().enterprise(),
          parts.settings().realms(),
          parts.settings().domains(),
          place.name(),
          checkValues,
          bytes,
          parts.revocations().file().text());
    } catch (IOException e) {
      bytes.close();
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      bytes.close();
      throw e;
    }
  }

  private static void copy(KeyCustody place, int number, KeyBytes bytes) throws IOException {
    Optional<Secret> copied = place.copy(number);
    if (copied.isPresent()) {
      try (Secret key = copied.get()) {
        bytes.keys().put(number, key.copy());
      }
    }
  }

  @Override
  public List<String> stage(InputStream in, Path folder, Restoration about) throws IOException {
    try (KeyArchive archive = KeyArchive.read(in)) {
      requireOurs(archive);
      List<String> notes = new ArrayList<>(new StagedKeys(parts, folder).put(archive));
      boolean store = about.parts().contains("store");
      note(about, store).write(folder);
      files(folder).stageRest(folder);
      notes.addAll(notes(archive, about, store));
      return notes;
    }
  }

  @Override
  public List<String> compare(Path folder, List<Generation> generations) throws IOException {
    return new StagedKeys(parts, folder).compare(generations);
  }

  private void requireOurs(KeyArchive archive) {
    if (!archive.enterprise().equals(parts.settings().enterprise())) {
      throw new RequestRefusedException(
          "Nothing was restored: the backup is of the enterprise '%s', and etc/org.latchkey.keyagent.cfg says '%s'. Set enterprise = %s there, and restore again."
              .formatted(
                  archive.enterprise(), parts.settings().enterprise(), archive.enterprise()));
    }
  }

  private static RestoredNote note(Restoration about, boolean store) {
    String words =
        "Backup %s of %s was restored %s"
            .formatted(
                about.backup(),
                about.takenAt(),
                store ? "with its store" : "without a store: revocations are unknown");
    return new RestoredNote(about.actor(), words, 0);
  }

  private List<String> notes(KeyArchive archive, Restoration about, boolean store) {
    List<String> notes = new ArrayList<>();
    if (!parts.settings().realms().containsAll(archive.realms())
        || !parts.settings().domains().containsAll(archive.domains())) {
      notes.add(
          "Phones were served in the realms %s and domains %s: set both in etc/org.latchkey.keyagent.cfg, or those phones do not register."
              .formatted(
                  String.join(", ", archive.realms()), String.join(", ", archive.domains())));
    }
    notes.add(
        store
            ? "What was enrolled, revoked or held after %s is not in it: revoke and hold again what you did since. Keys that were issued since register, though there is no record of them: latchkey:revoke takes their identifiers."
                .formatted(about.takenAt())
            : "Revocations are unknown, but for those until %s; so are enrolments, holds and who has which key. The generations there were verify. Phones go on registering; let them enrol anew."
                .formatted(about.takenAt()));
    notes.add(
        "A new generation is made and issues, which is in no backup yet: make one when"
            + " latchkey:status is well.");
    return notes;
  }

  /** There is nothing to restore without keys. */
  @Override
  public List<String> stageWithout(Path folder, Restoration about) {
    throw new RequestRefusedException(
        "Nothing was restored: the backup has no master keys. Name the directory of a backup.");
  }
}
