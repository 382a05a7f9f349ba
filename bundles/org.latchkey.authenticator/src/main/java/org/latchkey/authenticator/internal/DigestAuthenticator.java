package org.latchkey.authenticator.internal;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RefusedPhone;
import org.latchkey.registration.RefusedPhones;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.RegistrationListener;
import org.latchkey.registration.RejectionReason;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
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
 * The authenticator: turns what {@link Verification} finds into answers. It outlives its provider
 * of keys: challenging goes on without, and nothing is accepted.
 */
@Component(
    configurationPid = "org.latchkey.authenticator",
    // A component without users would be let go, and with it the memory against replay.
    immediate = true,
    service = {
      RegistrationAuthenticator.class,
      Ha1Source.class,
      RefusedPhones.class,
      StatusSource.class
    })
@Designate(ocd = AuthenticatorConfiguration.class)
public final class DigestAuthenticator
    implements RegistrationAuthenticator, Ha1Source, RefusedPhones, StatusSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DigestAuthenticator.class);
  private static final String NO_PROVIDER = "there is no key agent on this node";
  private static final String UNUSABLE_REALM =
      "the PBX's realm is empty, too long or holds a character it may not hold";
  private static final String CLOSED = "the authenticator has ended";

  private final RunClock clock;
  private final Witnesses witnesses;
  private final Optional<String> nonceKeyProblem;
  private final ReplayWindows windows;
  private final Subkeys subkeys;
  private final Verification verification;
  private final Answers answers;
  private final Ha1Lookup ha1Lookup;
  private final Realms realms = new Realms();
  private final Tally tally = new Tally();
  private final Leases open;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable RegistrationKeys provider;

  /** As a component. */
  @Activate
  public DigestAuthenticator(AuthenticatorConfiguration configuration) {
    this(
        AuthenticatorSettings.of(configuration),
        Path.of(System.getProperty("karaf.base", ""), "latchkey", "nonce.key"),
        Clock.systemUTC(),
        System::nanoTime,
        new SecureRandom());
  }

  /**
   * Without OSGi.
   *
   * @param nonceKeyFile the file of the nonce key, made when absent
   * @param wall for the time of events, and of this run's start
   * @param steadyNanos for the age of nonces
   */
  public DigestAuthenticator(
      AuthenticatorSettings settings,
      Path nonceKeyFile,
      Clock wall,
      LongSupplier steadyNanos,
      RandomGenerator random) {
    clock = new RunClock(wall, steadyNanos);
    witnesses = new Witnesses(wall);
    Nonces nonces;
    try (NonceKey key = NonceKey.at(nonceKeyFile, random)) {
      nonces = new Nonces(key.bytes(), clock, random);
      nonceKeyProblem = key.problem();
    }
    nonceKeyProblem.ifPresent(words -> LOG.warn("Challenges do not outlive a restart: {}", words));
    windows =
        new ReplayWindows(settings.nonceLifetime().toMillis(), settings.rememberedNonces(), clock);
    subkeys = new Subkeys(random);
    verification = new Verification(settings, nonces, windows, subkeys);
    answers = new Answers(new Challenges(nonces));
    ha1Lookup = new Ha1Lookup(subkeys);
    open =
        new Leases(
            () -> {
              nonces.close();
              subkeys.close();
            });
  }

  /** Takes the provider of keys; another one replaces it. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindKeys(RegistrationKeys keys) {
    provider = keys;
  }

  /** Lets the provider go and wipes what came from it. */
  public void unbindKeys(RegistrationKeys keys) {
    if (provider == keys) {
      provider = null;
    }
    if (open.take()) {
      subkeys.forget();
      open.giveBack();
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindJournal(PhoneJournal journal) {
    witnesses.add(journal);
  }

  void unbindJournal(PhoneJournal journal) {
    witnesses.remove(journal);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindListener(RegistrationListener listener) {
    witnesses.add(listener);
  }

  void unbindListener(RegistrationListener listener) {
    witnesses.remove(listener);
  }

  @Override
  public AuthenticationResult authenticate(RegisterRequest request) {
    if (!open.take()) {
      return Answers.unavailable(CLOSED);
    }
    try {
      return checked(request);
    } catch (RuntimeException | Error e) {
      witnesses.fault("checking a request", e);
      return Answers.unavailable("the authenticator had a fault; see the log");
    } finally {
      open.giveBack();
    }
  }

  @Override
  public Ha1Answer ha1(String keyIdentifier, Aor aor, String realm, DigestAlgorithm algorithm) {
    if (!open.take()) {
      return new Ha1Answer.Unavailable(CLOSED);
    }
    try {
      RegistrationKeys keys = provider;
      Optional<String> missing = missing(keys);
      return keys == null || missing.isPresent()
          ? new Ha1Answer.Unavailable(missing.orElse(NO_PROVIDER))
          : ha1Lookup.ha1(keyIdentifier, aor, realm, algorithm, keys);
    } catch (RuntimeException | Error e) {
      witnesses.fault("looking up an HA1", e);
      return new Ha1Answer.Unavailable("the authenticator had a fault; see the log");
    } finally {
      open.giveBack();
    }
  }

  @Override
  public List<RefusedPhone> inLoops() {
    return answers.inLoops(clock.millis());
  }

  @Override
  public String part() {
    return "authenticator";
  }

  @Override
  public List<StatusLine> status() {
    return AuthenticatorStatus.lines(missing(provider), nonceKeyProblem, tally, windows.size());
  }

  /** Ends it: the keys are wiped once the last check is done, and nothing is accepted any more. */
  @Override
  @Deactivate
  public void close() {
    if (closed.compareAndSet(false, true)) {
      open.giveBack();
    }
  }

  private AuthenticationResult checked(RegisterRequest request) {
    RegistrationKeys present = provider;
    Optional<String> missing = missing(present);
    RegistrationKeys keys = missing.isPresent() ? null : present;
    Realm realm = realms.of(request, keys);
    long now = clock.millis();
    if (realm == null || !realm.isUsable()) {
      String words = realm == null ? missing.orElse(NO_PROVIDER) : UNUSABLE_REALM;
      witnesses.saw(request, Finding.unavailable(words), now);
      return Answers.unavailable(words);
    }
    Finding finding = verification.check(request, realm, keys, missing.orElse(""), now);
    finding = answers.withPatience(request, finding, now);
    tally.count(finding);
    if (finding.reason() == RejectionReason.FOREIGN_REALM) {
      tally.foreign(realm.name(), request.aor().domain());
    }
    witnesses.saw(request, finding, now);
    return answers.to(request, realm, finding);
  }

  private Optional<String> missing(@Nullable RegistrationKeys keys) {
    if (keys == null) {
      return Optional.of(NO_PROVIDER);
    }
    try {
      return keys.unavailable();
    } catch (RuntimeException | LinkageError e) {
      witnesses.fault("asking the key agent how it is", e);
      return Optional.of("the key agent had a fault; see the log");
    }
  }
}
