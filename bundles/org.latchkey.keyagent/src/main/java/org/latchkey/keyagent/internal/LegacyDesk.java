package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latchkey.files.OwnerFiles;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.LegacyExports;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Writes the secrets of phones for a PBX that goes on without Latchkey: evidence, then the file. As
 * long as it is there its status says so.
 */
@Component(immediate = true)
public final class LegacyDesk implements LegacyExports, StatusSource {

  private final DerivedSecrets secrets;
  private final Custody custody;
  private final Revocations revocations;
  private final Changes changes;
  private final LegacyFiles files;

  /** The service. */
  @Activate
  public LegacyDesk(@Reference Agent agent) {
    this(agent.parts(), Path.of(System.getProperty("karaf.base", ""), "latchkey"));
  }

  LegacyDesk(Parts parts, Path folder) {
    custody = parts.custody();
    revocations = parts.revocations();
    secrets = new DerivedSecrets(custody);
    changes = new Changes(custody, revocations, parts.neighbours(), parts.clock());
    files = new LegacyFiles(folder);
  }

  @Override
  public synchronized Exported export(Path named, Format format, String actor) {
    Path file = free(named);
    changes.requireWell("Nothing was written");
    KeyRecords store = changes.store();
    List<KeyRecord> authenticating =
        store.keys().stream().filter(key -> authenticates(key, store)).toList();
    List<KeyRecord> live =
        authenticating.stream().filter(key -> !changes.isHeld(key.keyIdentifier())).toList();
    List<LegacyExtension> extensions = LegacyExtension.of(live);
    LegacyTable table = LegacyTable.of(format);
    requireWritable(extensions, table, format);
    Exported exported =
        new Exported(live.size(), extensions.size(), authenticating.size() - live.size());
    remember(file);
    changes.evidence(
        actor,
        "legacy.exported",
        "The secrets of %d keys, %d extensions, as %s; %s"
            .formatted(exported.keys(), exported.extensions(), format.word(), file));
    write(file, extensions, table, actor);
    return exported;
  }

  @Override
  public String part() {
    return "legacy export";
  }

  @Override
  public List<StatusLine> status() {
    try {
      return files.present().stream().map(LegacyDesk::warning).toList();
    } catch (IOException e) {
      return List.of(
          StatusLine.warning(
              "Whether a file with the secrets of phones is left is not known: " + e.getMessage(),
              "Give latchkey/%s back to the user that runs Karaf, mode 600"
                  .formatted(LegacyFiles.NAME)));
    }
  }

  private static StatusLine warning(Path file) {
    return StatusLine.warning(
        "The secrets of phones are in " + file,
        "Delete it when the PBX has taken it over; who has read it can be any of these phones");
  }

  /** Revoked keys never, nor one that its phone has left for a later one. */
  private boolean authenticates(KeyRecord key, KeyRecords store) {
    return key.revocation().isEmpty()
        && !revocations.contains(key.keyIdentifier())
        && custody.roster().verifies(key.generation())
        && key.replacedBy().flatMap(store::key).flatMap(KeyRecord::registeredAt).isEmpty();
  }

  private static Path free(Path named) {
    Path file = named.toAbsolutePath().normalize();
    if (file.toString().chars().anyMatch(Character::isISOControl)) {
      throw refused("the name has a character that no name should have. Name another file");
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw refused("there is %s already. Name another file".formatted(file));
    }
    Path folder = file.resolveSibling("");
    if (!Files.isDirectory(folder)) {
      throw refused(
          "there is no directory %s on the machine that runs Karaf. Name one that is there"
              .formatted(folder));
    }
    return file;
  }

  private static void requireWritable(
      List<LegacyExtension> extensions, LegacyTable table, Format format) {
    if (extensions.isEmpty()) {
      throw refused("no phone has a key that registers. latchkey:phones lists them");
    }
    for (LegacyExtension extension : extensions) {
      Optional<String> refusal = table.refusal(extension);
      if (refusal.isPresent()) {
        throw refused(
            "the extension %s %s, so %s can't have it. Type --format csv and bring it over by hand"
                .formatted(extension.aor(), refusal.get(), format.word()));
      }
    }
  }

  private void remember(Path file) {
    try {
      files.note(file);
    } catch (IOException e) {
      throw refused(
          "where it is can't be noted in latchkey/%s: %s"
              .formatted(LegacyFiles.NAME, e.getMessage()));
    }
  }

  private void write(Path file, List<LegacyExtension> extensions, LegacyTable table, String actor) {
    try {
      written(file, extensions, table);
    } catch (IOException | UnavailableException | UnsupportedOperationException e) {
      String why = String.valueOf(e.getMessage());
      changes.evidence(actor, "legacy.not-exported", "%s: %s".formatted(file, why));
      throw refused("%s can't be written: %s. Name another file".formatted(file, why));
    }
  }

  private void written(Path file, List<LegacyExtension> extensions, LegacyTable table)
      throws IOException {
    LegacyWriter writer = new LegacyWriter(file);
    try (LegacyWriter out = writer) {
      table.begin(out);
      for (LegacyExtension extension : extensions) {
        table.extension(out, extension, this::secret);
      }
      table.end(out);
      out.finish();
      OwnerFiles.force(file.resolveSibling(""));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private Secret secret(KeyRecord key) {
    KeyIdentifier identifier = KeyIdentifier.parse(key.keyIdentifier()).orElseThrow();
    return secrets.of(KeyPurpose.REGISTRATION, identifier, key.realm(), key.aor());
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nothing was written: %s.".formatted(why));
  }
}
