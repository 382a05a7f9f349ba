package org.latchkey.backup.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.backup.BackupPart;
import org.latchkey.backup.Backups;
import org.latchkey.backup.NewBackup;
import org.latchkey.backup.OpenBackup;
import org.latchkey.key.RequestRefusedException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes backups, one at a time, and opens them. */
@Component(immediate = true)
public final class BackupDesk implements Backups {

  private static final Logger LOG = LoggerFactory.getLogger(BackupDesk.class);

  private final PartBundles bundles = new PartBundles();
  private final PartSource source;
  private final Path base;
  private final Clock clock;
  private final SecureRandom random;
  private volatile @Nullable AuditLog audit;

  /** The service. */
  @Activate
  public BackupDesk() {
    source = bundles;
    base = Path.of(System.getProperty("karaf.base", ""), "latchkey");
    clock = Clock.systemUTC();
    random = new SecureRandom();
    sweep(base);
  }

  private static void sweep(Path base) {
    try {
      Staging.sweep(base);
    } catch (IOException e) {
      LOG.error("What is left of a restore that was cut off can't be removed", e);
    }
  }

  BackupDesk(PartSource source, Path base, Clock clock, SecureRandom random) {
    this.source = source;
    this.base = base;
    this.clock = clock;
    this.random = random;
  }

  @Reference(
      service = BackupPart.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindPart(ServiceReference<BackupPart> reference, BackupPart part) {
    bundles.add(reference, part);
  }

  void unbindPart(ServiceReference<BackupPart> reference) {
    bundles.remove(reference);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAudit(AuditLog service) {
    audit = service;
  }

  void unbindAudit(AuditLog service) {
    if (service.equals(audit)) {
      audit = null;
    }
  }

  @Override
  public synchronized NewBackup make(Path directory, int shares, int threshold, String actor) {
    requireSense(shares, threshold);
    Path target = directory.toAbsolutePath().normalize();
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(
          "there is %s already, and nothing is written over. Name another".formatted(target));
    }
    if (!Files.isDirectory(target.resolveSibling(""))) {
      throw refused(
          "there is no directory %s. Name one that is there".formatted(target.resolveSibling("")));
    }
    List<BackupPart> parts = source.parts();
    if (parts.stream().noneMatch(part -> part.name().equals(PartSource.KEYS))) {
      throw refused("the key agent is not running. Look at latchkey:status");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    try (Writing writing = Writing.begun(parts, shares, threshold, now, random)) {
      evidence(now, actor, writing.header(), target);
      return writing.into(target);
    } catch (IOException e) {
      throw refused("%s. Put it right, or name a directory on another disk".formatted(Fault.of(e)));
    }
  }

  private static void requireSense(int shares, int threshold) {
    if (shares < LEAST_SHARES || shares > MOST_SHARES) {
      throw refused(
          "--shares is a number from %d to %d, such as 5".formatted(LEAST_SHARES, MOST_SHARES));
    }
    if (threshold < LEAST_SHARES || threshold > shares) {
      throw refused(
          ("--threshold is a number from %d to the %d shares: so many of them restore the backup,"
                  + " and fewer tell nothing")
              .formatted(LEAST_SHARES, shares));
    }
  }

  private void evidence(Instant now, String actor, Header header, Path target) {
    String detail =
        "Backup %s in %s, %d shares of which %d restore it"
            .formatted(header.backup(), target, header.fingerprints().size(), header.threshold());
    append(new AuditEntry(now, actor, "backup.made", "", "", "", "", detail))
        .ifPresent(
            fault -> {
              throw refused(fault);
            });
  }

  /** Writes evidence; says why it can't, if so. */
  private Optional<String> append(AuditEntry entry) {
    AuditLog log = audit;
    if (log == null) {
      return Optional.of("the audit log is away. Look at latchkey:status");
    }
    try {
      log.append(entry);
      return Optional.empty();
    } catch (AuditUnavailableException e) {
      return Optional.of(
          "the audit log can't be written: %s. Look at latchkey:status"
              .formatted(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public OpenBackup open(Path directory) {
    Path home = directory.toAbsolutePath().normalize();
    return new Opened(home, BackupFolder.headerOf(home), this::restoring);
  }

  private synchronized List<String> restoring(Restoring.Wanted wanted) {
    if (wanted.rehearsal()) {
      String detail =
          "Backup %s in %s, with its shares: whether it can be restored"
              .formatted(wanted.header().backup(), wanted.folder());
      Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      append(new AuditEntry(now, wanted.actor(), "backup.tested", "", "", "", "", detail))
          .ifPresent(
              fault -> {
                throw new RequestRefusedException("Nothing was tested: " + fault + ".");
              });
    }
    return new Restoring(source, base, clock).carryOut(wanted);
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nothing was backed up: " + why + ".");
  }
}
