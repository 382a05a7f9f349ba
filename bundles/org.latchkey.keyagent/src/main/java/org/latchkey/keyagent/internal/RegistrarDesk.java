package org.latchkey.keyagent.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.Hold;
import org.latchkey.admission.HoldRecords;
import org.latchkey.audit.AuditEntry;
import org.latchkey.custody.RegistrarExports;
import org.latchkey.files.OwnerFiles;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.sealing.AgentKey;
import org.latchkey.sealing.Contents;
import org.latchkey.sealing.PublicPart;
import org.latchkey.sealing.RegistrarExport;
import org.latchkey.sealing.SealedExport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Exports to registrar nodes what they need: evidence, then the file. */
@Component(immediate = true)
public final class RegistrarDesk implements RegistrarExports {

  private final RegistrarSubkeys subkeys;
  private final AgentSettings settings;
  private final Custody custody;
  private final Revocations revocations;
  private final Changes changes;
  private final ExportKey exportKey;
  private volatile @Nullable HoldRecords holds;

  /** The service. */
  @Activate
  public RegistrarDesk(@Reference Agent agent) {
    this(
        agent.parts(),
        RegistrarBackup.restored(Path.of(System.getProperty("karaf.base", ""), "latchkey")));
  }

  RegistrarDesk(Parts parts, Path folder) {
    settings = parts.settings();
    custody = parts.custody();
    revocations = parts.revocations();
    subkeys = new RegistrarSubkeys(settings, custody);
    changes = new Changes(custody, revocations, parts.neighbours(), parts.clock());
    exportKey = new ExportKey(folder, parts.clock(), parts.random());
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
  public synchronized Exported export(String nodeKey, Path file, String actor) {
    PublicPart node = node(nodeKey);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw refused("there is %s already. Name another file".formatted(file));
    }
    custody.look();
    Optional<String> fault = custody.standing().issuing();
    if (fault.isPresent()) {
      throw refused(fault.get() + ". Look at latchkey:status");
    }
    List<Hold> held = held();
    try (AgentKey agent = exportKey.key()) {
      long number = exportKey.next();
      try (RegistrarExport export = custody.alone(() -> collected(number, held))) {
        SealedExport sealed = sealed(export, node, agent);
        Exported exported = exported(export.contents(), node, agent);
        changes.evidence(List.of(entry(actor, "registrar.exported", words(exported, file))));
        write(sealed, file, agent, exported, actor);
        return exported;
      }
    } catch (IOException e) {
      throw refused(e.getMessage());
    }
  }

  private static PublicPart node(String nodeKey) {
    try {
      return PublicPart.parse(PublicPart.Kind.NODE, nodeKey);
    } catch (IllegalArgumentException e) {
      throw refused(
          e.getMessage()
              + ". Take it from latchkey:status of the node, or from its registrar/node.pub");
    }
  }

  private List<Hold> held() {
    HoldRecords records = holds;
    if (records == null) {
      throw refused("the store is away, which knows what is held. Look at latchkey:status");
    }
    return records.holds();
  }

  private RegistrarExport collected(long number, List<Hold> held) {
    return Changes.refusing(
        () -> {
          Roster roster = custody.roster();
          Contents contents =
              new Contents(
                  number,
                  changes.now().truncatedTo(ChronoUnit.MILLIS),
                  settings.realms(),
                  settings.domains(),
                  custody.generations(),
                  roster.verifyingCompromised(),
                  revocations.issuedOfCompromised(),
                  revocations.all(),
                  held);
          return new RegistrarExport(contents, subkeys.of(contents.generations()));
        });
  }

  private static SealedExport sealed(RegistrarExport export, PublicPart node, AgentKey agent) {
    byte[] content = export.toBytes();
    try {
      return SealedExport.seal(content, node, agent);
    } catch (GeneralSecurityException e) {
      throw refused(e.getMessage() + ". Take it from latchkey:status of the node");
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private void write(
      SealedExport sealed, Path file, AgentKey agent, Exported exported, String actor) {
    try {
      exportKey.keep(agent, exported.number());
      written(sealed, file);
    } catch (IOException e) {
      changes.evidence(
          List.of(entry(actor, "registrar.not-exported", exported.number() + ": " + e)));
      throw refused("%s can't be written: %s".formatted(file, e.getMessage()));
    }
  }

  private static void written(SealedExport sealed, Path file) throws IOException {
    try {
      OwnerFiles.write(file, new ByteArrayInputStream(sealed.toBytes()));
      OwnerFiles.force(file.toAbsolutePath().resolveSibling(""));
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static Exported exported(Contents contents, PublicPart node, AgentKey agent) {
    return new Exported(
        contents.number(),
        node.fingerprint(),
        agent.publicPart().fingerprint(),
        List.copyOf(contents.generations()),
        contents.revoked().size(),
        contents.holds().size());
  }

  private static String words(Exported exported, Path file) {
    return "Number %d to the node %s: generations %s, %d revocations, %d holds; signed by %s; %s"
        .formatted(
            exported.number(),
            exported.node(),
            exported.generations().stream().map(String::valueOf).collect(Collectors.joining(" ")),
            exported.revocations(),
            exported.holds(),
            exported.agent(),
            file);
  }

  private AuditEntry entry(String actor, String action, String detail) {
    return new AuditEntry(changes.now(), actor, action, "", "", "", "", detail);
  }

  private static RequestRefusedException refused(@Nullable String why) {
    return new RequestRefusedException("Nothing was exported: %s.".formatted(why));
  }
}
