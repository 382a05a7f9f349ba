package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.custody.KeyCustody;
import org.latchkey.key.KeyRecords;
import org.latchkey.pbx.PbxControl;
import org.latchkey.phone.PhoneProfile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heart of the bundle, a service for its other components alone: holds the master key, watches
 * keystore and store on a thread of its own, and knows which neighbours are there.
 */
@Component(service = Agent.class, immediate = true, configurationPid = "org.latchkey.keyagent")
@Designate(ocd = KeyAgentConfiguration.class)
public final class Agent implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final long LOOK_SECONDS = 2;
  private static final long STOP_SECONDS = 5;

  private final Neighbours neighbours = new Neighbours();
  private final Parts parts;
  private final ScheduledFuture<?> looking;
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final ScheduledFuture<?> telling;
  private final ScheduledExecutorService watch = oneThread("latchkey-keyagent");

  /** A thread of its own: a PBX may keep it waiting. */
  private final ScheduledExecutorService phones = oneThread("latchkey-check-sync");

  /** Starts to look, at once and then every other second. */
  @Activate
  public Agent(KeyAgentConfiguration configuration) {
    this(
        AgentSettings.of(configuration),
        PolicySettings.of(configuration),
        restored(Path.of(System.getProperty("karaf.base", ""), "latchkey")),
        Clock.systemUTC(),
        new SecureRandom());
  }

  Agent(
      AgentSettings settings,
      PolicySettings policies,
      Path folder,
      Clock clock,
      SecureRandom random) {
    parts = Parts.of(settings, policies, folder, neighbours, clock, Pace.ofSystem(), random);
    looking = watch.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    telling = phones.scheduleWithFixedDelay(this::tell, 1, 1, TimeUnit.SECONDS);
  }

  Parts parts() {
    return parts;
  }

  /** The folder, after a restore has put its files there. */
  private static Path restored(Path folder) {
    try {
      KeyBackup.files(folder).takeOver();
      return FactoryBackup.restored(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("A restore can't put its files into " + folder, e);
    }
  }

  /** Notes an accepted registration, for the store to be told later. Returns at once. */
  void registered(String keyIdentifier, Instant at) {
    if (parts.registrations().note(keyIdentifier, at) && flushing.compareAndSet(false, true)) {
      soon(this::flush);
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindStore(KeyRecords store) {
    neighbours.store(store);
    soon(this::look);
  }

  void unbindStore(KeyRecords store) {
    neighbours.noStore(store);
    soon(this::look);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAudit(AuditLog audit) {
    neighbours.audit(audit);
    soon(this::look);
  }

  void unbindAudit(AuditLog audit) {
    neighbours.noAudit(audit);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindQuarantine(Quarantine quarantine) {
    neighbours.quarantine(quarantine);
  }

  void unbindQuarantine(Quarantine quarantine) {
    neighbours.noQuarantine(quarantine);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindJournal(PhoneJournal journal) {
    neighbours.journal(journal);
  }

  void unbindJournal(PhoneJournal journal) {
    neighbours.noJournal(journal);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindPbx(PbxControl pbx) {
    neighbours.pbxs().add(pbx);
  }

  void unbindPbx(PbxControl pbx) {
    neighbours.pbxs().remove(pbx);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindProfile(PhoneProfile profile) {
    neighbours.profiles().add(profile);
  }

  void unbindProfile(PhoneProfile profile) {
    neighbours.profiles().remove(profile);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindCustody(KeyCustody custody) {
    neighbours.custodies().add(custody);
    soon(this::look);
  }

  void unbindCustody(KeyCustody custody) {
    neighbours.custodies().remove(custody);
    soon(this::look);
  }

  /** Ends the watch and wipes the keys. */
  @Override
  @Deactivate
  public void close() {
    // No interrupt: it would close the files of an embedded database under its feet.
    looking.cancel(false);
    telling.cancel(false);
    watch.shutdown();
    phones.shutdown();
    try {
      if (!watch.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The store did not answer within {} s while the key agent stops", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    parts.close();
  }

  private void look() {
    try {
      parts.custody().look();
      parts.registrations().flush();
      parts.moves().tick();
    } catch (RuntimeException e) {
      LOG.error("The key agent could not look at its keystore and store", e);
    }
  }

  private void tell() {
    try {
      parts.checkSyncs().tick();
    } catch (RuntimeException e) {
      LOG.error("Phones could not be told to fetch their next key", e);
    }
  }

  private static ScheduledExecutorService oneThread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  private void flush() {
    flushing.set(false);
    try {
      parts.registrations().flush();
      parts.moves().tick();
    } catch (RuntimeException e) {
      LOG.error("First registrations could not be written", e);
    }
  }

  private void soon(Runnable task) {
    try {
      watch.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("The key agent is stopping");
    }
  }
}
