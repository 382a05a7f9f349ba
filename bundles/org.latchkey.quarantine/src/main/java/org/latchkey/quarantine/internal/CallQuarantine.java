package org.latchkey.quarantine.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Hold;
import org.latchkey.admission.HoldRecords;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The quarantine's services. It outlives the store, the audit log and the journal, which come and
 * go while calls are decided from memory. Every three seconds it takes over what the store says,
 * which is how a hold that another node made gets here within five.
 */
@Component(
    service = {CallAdmission.class, Quarantine.class, StatusSource.class},
    configurationPid = "org.latchkey.quarantine",
    immediate = true)
@Designate(ocd = QuarantineConfiguration.class)
public final class CallQuarantine
    implements CallAdmission, Quarantine, StatusSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CallQuarantine.class);
  private static final Duration REFRESH = Duration.ofSeconds(3);

  private final SiteDestinations destinations;
  private final HoldBook book;
  private final CallNotes notes;
  private final StoreWatch watch;

  private volatile String phraseTemplate;
  private volatile @Nullable HoldRecords records;

  private volatile @Nullable AuditLog auditLog;
  private volatile @Nullable PhoneJournal journal;

  /** Starts from the snapshot below {@code ${karaf.base}/latchkey} until the store is read. */
  @Activate
  public CallQuarantine(
      BundleContext context,
      @Reference SiteDestinations destinations,
      QuarantineConfiguration configuration) {
    this(
        Path.of(String.valueOf(context.getProperty("karaf.base")), "latchkey", "holds"),
        destinations,
        configuration.reasonPhrase(),
        InstantSource.system(),
        REFRESH);
  }

  /**
   * A quarantine with this snapshot file, which looks at the store when bound and every so often.
   */
  CallQuarantine(
      Path snapshot,
      SiteDestinations destinations,
      String phraseTemplate,
      InstantSource clock,
      Duration refresh) {
    this.destinations = destinations;
    this.phraseTemplate = phraseTemplate;
    Neighbours neighbours =
        new Neighbours(
            () -> Optional.ofNullable(records),
            () -> Optional.ofNullable(auditLog),
            () -> Optional.ofNullable(journal));
    book = new HoldBook(new HoldSnapshot(snapshot), neighbours, clock);
    notes = new CallNotes(neighbours, clock);
    watch = new StoreWatch(book::refresh, refresh);
    if (book.isNew()) {
      LOG.info(
          "Emergency numbers are {}. Set those of your own country, and where they go, in"
              + " etc/org.latchkey.destinations.cfg (emergency = …)",
          destinations.current().list(Kind.EMERGENCY));
    }
  }

  /** The store of holds came. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindRecords(HoldRecords service) {
    records = service;
    watch.look();
  }

  /** The store of holds went. */
  void unbindRecords(HoldRecords service) {
    if (service.equals(records)) {
      records = null;
      watch.look();
    }
  }

  /** The audit log came. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAudit(AuditLog service) {
    auditLog = service;
  }

  /** The audit log went. */
  void unbindAudit(AuditLog service) {
    if (service.equals(auditLog)) {
      auditLog = null;
    }
  }

  /** The journal came. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindJournal(PhoneJournal service) {
    journal = service;
  }

  /** The journal went. */
  void unbindJournal(PhoneJournal service) {
    if (service.equals(journal)) {
      journal = null;
    }
  }

  /** The settings were edited. */
  @Modified
  void modified(QuarantineConfiguration configuration) {
    phraseTemplate = configuration.reasonPhrase();
  }

  /** Ends the look at the store. */
  @Deactivate
  @Override
  public void close() {
    watch.close();
  }

  @Override
  public AdmissionDecision admit(CallAttempt attempt) {
    AdmissionDecision decision =
        new Gate(destinations.current(), book.held(), book.knowsNewKeys(), phraseTemplate)
            .decide(attempt);
    notes.note(attempt, decision);
    return decision;
  }

  @Override
  public void hold(String keyIdentifier, String reason, String actor) {
    book.add(keyIdentifier, Hold.Kind.HELD, reason, actor);
  }

  @Override
  public void awaitApproval(String keyIdentifier, String actor) {
    book.add(keyIdentifier, Hold.Kind.AWAITS_APPROVAL, "waits for approval", actor);
  }

  @Override
  public boolean release(String keyIdentifier, String actor) {
    return book.remove(keyIdentifier, Hold.Kind.HELD, actor);
  }

  @Override
  public boolean approve(String keyIdentifier, String actor) {
    return book.remove(keyIdentifier, Hold.Kind.AWAITS_APPROVAL, actor);
  }

  @Override
  public void leaveBehind(Collection<String> keyIdentifiers, String reason, String actor) {
    book.leaveBehind(keyIdentifiers, reason, actor);
  }

  @Override
  public void forgetLeftBehind(Collection<String> keyIdentifiers, String actor) {
    book.forgetLeftBehind(keyIdentifiers, actor);
  }

  @Override
  public List<Hold> holds(String keyIdentifier) {
    return book.held().map(held -> held.of(keyIdentifier)).orElse(List.of());
  }

  @Override
  public List<Hold> holds() {
    return book.held().map(HeldKeys::all).orElse(List.of());
  }

  @Override
  public PermittedDestinations permitted() {
    return destinations.current().destinations();
  }

  @Override
  public Optional<String> helpDesk() {
    return destinations.current().helpDeskNumber();
  }

  @Override
  public String part() {
    return "quarantine";
  }

  @Override
  public List<StatusLine> status() {
    return new QuarantineStatus(book, destinations).lines();
  }
}
