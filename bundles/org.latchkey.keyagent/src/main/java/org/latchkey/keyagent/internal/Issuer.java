package org.latchkey.keyagent.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.DenialReason;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyAgent;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.keyscheme.KeyIdentifier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on requests for keys, and sees to it that refusals tell nothing: those that depend on
 * what the store knows leave at fixed beats after the request came in, whatever they cost.
 */
@Component(immediate = true)
public final class Issuer implements KeyAgent {

  private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);

  static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  static final Duration BEAT = Duration.ofMillis(100);

  /** Known before anything was looked up. */
  private static final Set<DenialReason> PLAIN =
      EnumSet.of(DenialReason.NO_CREDENTIAL, DenialReason.BAD_DEVICE, DenialReason.TOO_FAST);

  private static final Set<DenialReason> GUESSES =
      EnumSet.of(DenialReason.UNKNOWN_CODE, DenialReason.TOO_MANY_TRIES, DenialReason.BAD_LOGIN);

  private final Custody custody;
  private final Neighbours neighbours;
  private final CodeDesk codeDesk;
  private final LoginDesk loginDesk;
  private final Moves moves;
  private final DeviceFile file;
  private final Knocks knocks;
  private final SourceRates rates;
  private final Policies policies;
  private final Clock clock;
  private final Pace pace;

  /** The service. */
  @Activate
  public Issuer(@Reference Agent agent) {
    this(agent.parts());
  }

  Issuer(Parts parts) {
    custody = parts.custody();
    neighbours = parts.neighbours();
    codeDesk = parts.codeDesk();
    loginDesk = parts.loginDesk();
    moves = parts.moves();
    file = parts.file();
    knocks = parts.knocks();
    rates = parts.rates();
    policies = parts.policies();
    clock = parts.clock();
    pace = parts.pace();
  }

  @Override
  public IssueResult issue(KeyRequest request) {
    long start = pace.nanoTime();
    Optional<String> device = request.device().flatMap(DeviceIdentifier::canonical);
    IssueResult result = decided(request, device);
    return result.fold(
        issued -> fetched(issued, request),
        denied -> denied(denied, start, device.orElse(""), request),
        unavailable -> unavailable);
  }

  private IssueResult decided(KeyRequest request, Optional<String> device) {
    try {
      custody.issuingGeneration();
      Optional<KeyRecords> store = neighbours.store();
      if (store.isEmpty()) {
        return unavailable("The store is away");
      }
      if (request.device().isPresent() && device.isEmpty()) {
        return new IssueResult.Denied(DenialReason.BAD_DEVICE);
      }
      Own own = byCredential(store.get(), request, device);
      IssueResult result =
          proved(store.get(), own.result(), request)
              .map(key -> file.with(store.get(), own.result(), key, request, own.policy()))
              .orElse(own.result());
      return isIssued(result) ? result : byPolicy(store.get(), request, result);
    } catch (UnavailableException | StoreUnavailableException | AuditUnavailableException e) {
      LOG.warn("No key for {}: {}", request.source().getHostAddress(), e.getMessage());
      return unavailable(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("No key for {}", request.source().getHostAddress(), e);
      return unavailable("The key agent failed, see its log");
    }
  }

  /** The key by whose code or login a device has proved itself; of a login that has ended, too. */
  private static Optional<KeyRecord> proved(KeyRecords store, IssueResult own, KeyRequest request) {
    if (own instanceof IssueResult.Issued issued) {
      return Optional.of(issued.key().record());
    }
    // An end is told to logins that are right alone.
    boolean ended = DeviceFile.leavesOthers(own);
    return request
        .login()
        .filter(login -> ended && request.code().isEmpty())
        .flatMap(login -> KeyIdentifier.parse(login.keyIdentifier()))
        .flatMap(identifier -> store.key(identifier.text()));
  }

  /** What came of a code or login, and which of them it was. */
  private record Own(IssueResult result, Policy policy) {}

  /** A device with an old login and a new code may use either. */
  private Own byCredential(KeyRecords store, KeyRequest request, Optional<String> device) {
    IssueResult result = new IssueResult.Denied(DenialReason.NO_CREDENTIAL);
    if (request.code().isPresent()) {
      try (Secret normal = Codes.normal(request.code().get())) {
        result = byCode(store, normal, device, request);
      }
    }
    if (request.login().isPresent() && !isIssued(result)) {
      IssueResult byLogin = loginDesk.byLogin(store, request.login().get(), device, request);
      if (isIssued(byLogin)) {
        KeyIdentifier.parse(request.login().get().keyIdentifier())
            .ifPresent(proved -> moves.cameWith(store, proved.text()));
      }
      if (isIssued(byLogin) && isGuess(result)) {
        rates.wrong(request.source());
      }
      if (isIssued(byLogin) || request.code().isEmpty()) {
        return new Own(byLogin, Policy.LOGIN);
      }
    }
    return new Own(result, Policy.URL_CODE);
  }

  /** A phone of the inventory with an old login or code is as welcome as one with none. */
  private IssueResult byPolicy(KeyRecords store, KeyRequest request, IssueResult before) {
    Optional<String> mac = request.device().flatMap(DeviceIdentifier::mac);
    if (mac.isEmpty()) {
      return before;
    }
    IssueResult result = policies.desk().decide(store, mac.get(), request);
    if (result instanceof IssueResult.Issued issued) {
      if (isGuess(before)) {
        rates.wrong(request.source());
      }
      return issued;
    }
    boolean alone = request.code().isEmpty() && request.login().isEmpty();
    return alone ? result : before;
  }

  /** Who guesses has no more typed codes; the others are beyond guessing. */
  private IssueResult byCode(
      KeyRecords store, Secret normal, Optional<String> device, KeyRequest request) {
    boolean typed = Codes.kind(normal).filter(Codes::isTyped).isPresent();
    return typed && rates.exhausted(request.source())
        ? new IssueResult.Denied(DenialReason.TOO_FAST)
        : codeDesk.byCode(store, normal, device, request);
  }

  private IssueResult fetched(IssueResult.Issued issued, KeyRequest request) {
    for (IssuedKey key : issued.keys()) {
      KeyRecord record = key.record();
      neighbours.note(
          new PhoneEvent(
              clock.instant(),
              PhoneEvent.Kind.FETCHED,
              record.keyIdentifier(),
              record.aor().toString(),
              record.device().orElse(""),
              request.source().getHostAddress(),
              "fetched its key (" + request.profile() + ")"));
    }
    issued
        .key()
        .record()
        .device()
        .flatMap(DeviceIdentifier::mac)
        .ifPresent(device -> policies.watch().saw(request.source(), device, true, false));
    return issued;
  }

  private IssueResult denied(
      IssueResult.Denied denied, long start, String device, KeyRequest request) {
    DenialReason reason = denied.reason();
    if (GUESSES.contains(reason)) {
      if (rates.exhausted(request.source())) {
        reason = DenialReason.TOO_FAST;
      }
      rates.wrong(request.source());
    }
    String source = request.source().getHostAddress();
    boolean news =
        knocks.note(
            clock.instant(),
            request.source(),
            device,
            request.profile(),
            request.userAgent(),
            reason);
    neighbours.note(
        new PhoneEvent(
            clock.instant(), PhoneEvent.Kind.KNOCKED, "", "", device, source, reason.words()));
    if (news) {
      LOG.info("No key for {} {}: {}", source, device, reason.words());
    }
    boolean asked = reason == DenialReason.NO_CREDENTIAL && !device.isEmpty();
    if (asked || !PLAIN.contains(reason)) {
      long beat = BEAT.toNanos();
      pace.waitUntil(start + ((pace.nanoTime() - start) / beat + 1) * beat);
    }
    return new IssueResult.Denied(reason);
  }

  private static IssueResult unavailable(String reason) {
    return new IssueResult.Unavailable(reason, RETRY_AFTER);
  }

  private static boolean isGuess(IssueResult result) {
    return result instanceof IssueResult.Denied denied && GUESSES.contains(denied.reason());
  }

  private static boolean isIssued(IssueResult result) {
    return result instanceof IssueResult.Issued;
  }
}
