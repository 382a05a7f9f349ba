package org.latchkey.keyagent.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.IssueResult;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a key to a phone without a code: the inventory names it, and its factory certificate proves
 * it or a window is open; or a window is open for anybody. What is refused has cost the same, be
 * the device known or not: a judgement of its certificate and one question to the store.
 */
final class PolicyDesk {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyDesk.class);
  private static final Set<DenialReason> WITHOUT_PROOF =
      EnumSet.of(
          DenialReason.NO_CREDENTIAL,
          DenialReason.NO_PROOF,
          DenialReason.NOT_IN_INVENTORY,
          DenialReason.UNKNOWN_CERTIFICATE,
          DenialReason.EXPIRED_CERTIFICATE,
          DenialReason.NAMELESS_CERTIFICATE,
          DenialReason.OTHER_CERTIFICATE);

  private final FactoryCertificates certificates;
  private final Windows windows;
  private final DeviceWatch watch;
  private final CodeDesk codeDesk;
  private final LoginDesk loginDesk;
  private final DeviceLines lines;
  private final DeviceFile file;
  private final StrangerDesk strangers;
  private final Stripes enrolments;
  private final Clock clock;

  PolicyDesk(
      FactoryCertificates certificates,
      Windows windows,
      DeviceWatch watch,
      CodeDesk codeDesk,
      LoginDesk loginDesk,
      DeviceLines lines,
      DeviceFile file,
      StrangerDesk strangers,
      Stripes enrolments,
      Clock clock) {
    this.certificates = certificates;
    this.windows = windows;
    this.watch = watch;
    this.codeDesk = codeDesk;
    this.loginDesk = loginDesk;
    this.lines = lines;
    this.file = file;
    this.strangers = strangers;
    this.enrolments = enrolments;
    this.clock = clock;
  }

  /**
   * Decides on a request that no credential has let through.
   *
   * @param device the canonical device identifier
   */
  IssueResult decide(KeyRecords store, String device, KeyRequest request) {
    InetAddress source = request.source();
    FactoryCertificates.Verdict verdict = certificates.on(request, device);
    if (!verdict.proves() && isSlowed(source, device)) {
      watch.slowed(source);
      return new IssueResult.Denied(DenialReason.TOO_FAST);
    }
    List<Enrolment> listed = listed(store.enrolmentsOfDevice(device), request);
    Supplier<IssueResult> decision = () -> decided(store, device, request, verdict, listed);
    IssueResult result =
        verdict.proves()
            ? whole(store, decision.get(), request, Policy.FACTORY_CERTIFICATE)
            : whole(store, alike(decision, request), request, Policy.INVENTORY_WINDOW);
    if (isIssued(result) || verdict.proves()) {
      watch.saw(source, device, !listed.isEmpty(), isInVain(result));
      return result;
    }
    IssueResult letIn = alike(() -> strangers.decide(store, device, request), request);
    watch.saw(
        source, device, !listed.isEmpty() || isIssued(letIn), isInVain(result) && !isIssued(letIn));
    if (isIssued(letIn)) {
      return letIn;
    }
    watch.refused(source, device);
    return !listed.isEmpty() || verdict.shown() ? result : letIn;
  }

  /** With the other lines of its device. */
  private IssueResult whole(
      KeyRecords store, IssueResult result, KeyRequest request, Policy policy) {
    return result instanceof IssueResult.Issued issued
        ? file.with(store, issued, issued.key().record(), request, policy)
        : result;
  }

  private boolean isSlowed(InetAddress source, String device) {
    return windows.isLetIn(device) ? watch.tooOften(source) : watch.tooFast(source);
  }

  /** What is away while a window is open must not tell who is in the inventory. */
  private static IssueResult alike(Supplier<IssueResult> decision, KeyRequest request) {
    try {
      return decision.get();
    } catch (UnavailableException | StoreUnavailableException | AuditUnavailableException e) {
      LOG.warn("No key for {}: {}", request.source().getHostAddress(), e.getMessage());
      return new IssueResult.Denied(DenialReason.NOT_READY);
    }
  }

  private IssueResult decided(
      KeyRecords store,
      String device,
      KeyRequest request,
      FactoryCertificates.Verdict verdict,
      List<Enrolment> listed) {
    DenialReason reason =
        verdict.proves() ? DenialReason.NOT_IN_INVENTORY : DenialReason.NO_CREDENTIAL;
    IssueResult result = new IssueResult.Denied(verdict.fault().orElse(reason));
    for (Enrolment line : listed) {
      result = decided(store, device, request, verdict, line);
      if (!DeviceFile.leavesOthers(result)) {
        return result;
      }
    }
    return result;
  }

  private IssueResult decided(
      KeyRecords store,
      String device,
      KeyRequest request,
      FactoryCertificates.Verdict verdict,
      Enrolment line) {
    if (verdict.proves()) {
      return isOfOneVendor(store, device, request)
          ? certified(store, line.id(), device, request)
          : new IssueResult.Denied(DenialReason.OTHER_CERTIFICATE);
    }
    IssueResult inWindow =
        enrolments.alone(line.id(), () -> inWindow(store, line.id(), device, request));
    boolean closed =
        inWindow instanceof IssueResult.Denied denied && denied.reason() == DenialReason.NO_PROOF;
    return closed && verdict.fault().isPresent()
        ? new IssueResult.Denied(verdict.fault().get())
        : inWindow;
  }

  /** Its first key within the enrolment's time, and that one or what follows it at any time. */
  private IssueResult certified(
      KeyRecords store, String enrolment, String device, KeyRequest request) {
    Optional<IssueResult> first =
        enrolments.alone(
            enrolment,
            () ->
                store
                    .enrolment(enrolment)
                    .filter(one -> one.keyIdentifier().isEmpty())
                    .map(one -> first(store, one, device, request)));
    if (first.isPresent()) {
      return first.get();
    }
    KeyRecord record =
        store
            .enrolment(enrolment)
            .flatMap(Enrolment::keyIdentifier)
            .flatMap(store::key)
            .orElseThrow(
                () -> new UnavailableException("The key of an enrolment is not in the store"));
    Optional<String> listed = store.enrolment(enrolment).flatMap(ListedVendor::of);
    return isVendor(listed, request) && (listed.isPresent() || isSameVendor(record, request))
        ? loginDesk.follow(store, record, Optional.of(device), request, Policy.FACTORY_CERTIFICATE)
        : new IssueResult.Denied(DenialReason.OTHER_CERTIFICATE);
  }

  /** The login of the line that it would get opens all others. */
  private boolean isOfOneVendor(KeyRecords store, String device, KeyRequest request) {
    return lines.keys(store, device).stream().allMatch(key -> isSameVendor(key, request));
  }

  /** Whose authorities count the asker chose by the path; the key knows whose phone it is for. */
  private static boolean isSameVendor(KeyRecord record, KeyRequest request) {
    String vendor = FactoryVendor.ofProfile(record.profile()).name();
    return vendor.equals(FactoryVendor.ofProfile(request.profile()).name());
  }

  /** Whether the authorities that vouch are those of the vendor that the inventory names, if so. */
  private static boolean isVendor(Optional<String> listed, KeyRequest request) {
    return listed.isEmpty()
        || listed.get().equals(FactoryVendor.ofProfile(request.profile()).name());
  }

  private IssueResult first(
      KeyRecords store, Enrolment enrolment, String device, KeyRequest request) {
    if (!isOpen(enrolment)) {
      return new IssueResult.Denied(DenialReason.WINDOW_OVER);
    }
    if (!isVendor(ListedVendor.of(enrolment), request)) {
      return new IssueResult.Denied(DenialReason.OTHER_CERTIFICATE);
    }
    return codeDesk.served(
        store, enrolment, Optional.of(device), request, Policy.FACTORY_CERTIFICATE);
  }

  private IssueResult inWindow(KeyRecords store, String id, String device, KeyRequest request) {
    Optional<DenialReason> refusal = windows.refusal(device, id, request.source());
    if (refusal.isPresent()) {
      return new IssueResult.Denied(refusal.get());
    }
    Enrolment enrolment =
        store.enrolment(id).orElseThrow(() -> new UnavailableException("An enrolment is gone"));
    if (!isOpen(enrolment)) {
      return new IssueResult.Denied(DenialReason.WINDOW_OVER);
    }
    if (lines.needMore(store, device, enrolment)) {
      return new IssueResult.Denied(DenialReason.LINES_IN_USE);
    }
    IssueResult result =
        codeDesk.served(store, enrolment, Optional.of(device), request, Policy.INVENTORY_WINDOW);
    if (isIssued(result)) {
      windows.served(device, id, request.source());
    }
    return result;
  }

  private boolean isOpen(Enrolment enrolment) {
    return clock.instant().isBefore(enrolment.expiresAt());
  }

  /** The newest entry of each line that was not taken back, or else the newest of all, by line. */
  private List<Enrolment> listed(List<Enrolment> known, KeyRequest request) {
    Map<Integer, Enrolment> newest = new TreeMap<>();
    for (Enrolment one : known) {
      if (one.codeKind() == CodeKind.INVENTORY && request.takes(one.line())) {
        newest.merge(
            one.line(), one, (newer, older) -> counts(newer) || !counts(older) ? newer : older);
      }
    }
    return List.copyOf(newest.values());
  }

  private boolean counts(Enrolment entry) {
    return isOpen(entry) || entry.keyIdentifier().isPresent();
  }

  /** Whether it was refused for want of any proof, and not by a window or for its key's sake. */
  private static boolean isInVain(IssueResult result) {
    return result instanceof IssueResult.Denied denied && WITHOUT_PROOF.contains(denied.reason());
  }

  private static boolean isIssued(IssueResult result) {
    return result instanceof IssueResult.Issued;
  }
}
