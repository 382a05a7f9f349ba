package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.Hold;
import org.latchkey.admission.HoldRecords;
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
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

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
  private final Neighbours neighbours;
  private volatile @Nullable HoldRecords holds;

  /** The service. */
  @Activate
  public LegacyDesk(@Reference Agent agent) {
    this(agent.parts(), Path.of(System.getProperty("karaf.base", ""), "latchkey"));
  }

  LegacyDesk(Parts parts, Path folder) {
    neighbours = parts.neighbours();
    custody = parts.custody();
    revocations = parts.revocations();
    secrets = new DerivedSecrets(custody);
    changes = new Changes(custody, revocations, parts.neighbours(), parts.clock());
    files = new LegacyFiles(folder);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindHolds(HoldRecords records) {
    holds = records;
  }

  void unbindHolds(HoldRecords records) {
    if (holds == records) {
      holds = null;
    }
  }

  @Override
  public synchronized Exported export(Path named, Format format, String actor) {
    Path file = LegacyFile.free(named);
    changes.requireWell("Nothing was written");
    KeyRecords store = changes.store();
    // Keys first: one that is issued and held in between is in neither, and no held one goes out.
    List<KeyRecord> known = store.keys();
    Set<String> held = held();
    List<KeyRecord> authenticating =
        known.stream().filter(key -> authenticates(key, store)).toList();
    List<KeyRecord> live =
        authenticating.stream().filter(key -> !held.contains(key.keyIdentifier())).toList();
    List<LegacyExtension> extensions = LegacyExtension.of(live);
    LegacyTable table = LegacyTable.of(format);
    requireWritable(extensions, table, format);
    LiveKeys registered = LiveKeys.at(neighbours.pbxs());
    Exported exported =
        new Exported(
            live.size(),
            extensions.size(),
            authenticating.size() - live.size(),
            withoutRecord(registered, known),
            registered.silent());
    remember(file);
    changes.evidence(actor, "legacy.exported", words(exported, format, file));
    write(file, extensions, table, actor);
    return exported;
  }

  private static String words(Exported exported, Format format, Path file) {
    return "The secrets of %d keys, %d extensions, as %s; %d held and %d without a record left out; %s"
        .formatted(
            exported.keys(),
            exported.extensions(),
            format.word(),
            exported.held(),
            exported.withoutRecord().size(),
            file);
  }

  /** From the store: what memory knows may be older, right after a start. */
  private Set<String> held() {
    HoldRecords records = holds;
    if (records == null) {
      throw refused("the store is away, which knows what is held. Look at latchkey:status");
    }
    return records.holds().stream().map(Hold::keyIdentifier).collect(Collectors.toSet());
  }

  /** Keys that work and that nobody here knows: issued after the backup that was restored. */
  private List<String> withoutRecord(LiveKeys registered, List<KeyRecord> known) {
    Set<String> names = known.stream().map(KeyRecord::keyIdentifier).collect(Collectors.toSet());
    return custody.generations().stream()
        .flatMap(generation -> registered.of(generation, names).stream())
        .filter(one -> !revocations.contains(one.keyIdentifier()))
        .map(one -> one.aor() + " " + one.keyIdentifier())
        .sorted()
        .toList();
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
      files.note(List.of(LegacyFile.part(file), file));
    } catch (IOException e) {
      throw refused(
          "where it is can't be noted in latchkey/%s: %s"
              .formatted(LegacyFiles.NAME, e.getMessage()));
    }
  }

  private void write(Path file, List<LegacyExtension> extensions, LegacyTable table, String actor) {
    try {
      LegacyFile.write(file, extensions, table, this::secret);
    } catch (IOException | UnavailableException | UnsupportedOperationException e) {
      String why = String.valueOf(e.getMessage());
      changes.evidence(actor, "legacy.not-exported", "%s: %s".formatted(file, why));
      throw refused("%s can't be written: %s. Name another file".formatted(file, why));
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
