package org.latchkey.pbx.reference.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.PermittedCallListener;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.key.PhoneMoves;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;
import org.latchkey.pbx.reference.internal.service.LatchkeyServices;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
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
 * The reference PBX as a component. It outlives every service it asks: each comes and goes by a
 * field, and sockets, registrations and calls stay. Settings change without a restart; one that
 * can't be read is not taken, and the last good one stays.
 */
@Component(
    immediate = true,
    service = {PbxControl.class, StatusSource.class},
    configurationPid = "org.latchkey.pbx.reference")
@Designate(ocd = ReferencePbxConfiguration.class)
public final class ReferencePbx implements PbxControl, StatusSource, LatchkeyServices {

  private static final Logger LOG = LoggerFactory.getLogger(ReferencePbx.class);

  private final Destinations destinations;
  private final SettingsInForce inForce;
  private final Pbx pbx;
  private final PbxStatus status;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable RegistrationAuthenticator authenticator;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable CallAdmission admission;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PhoneJournal journal;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable RegistrationKeys keys;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Ha1Source ha1s;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PhoneMoves moves;

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<PermittedCallListener> permittedCallListeners = List.of();

  /** Starts to listen. */
  @Activate
  public ReferencePbx(
      @Reference Destinations destinations, ReferencePbxConfiguration configuration) {
    this.destinations = destinations;
    String bind = Optional.ofNullable(System.getenv("LATCHKEY_BIND")).orElse("");
    Path base = Path.of(System.getProperty("karaf.base", "")).toAbsolutePath();
    inForce =
        new SettingsInForce(new SettingsReader(base, bind.isBlank() ? "127.0.0.1" : bind.trim()));
    Settings settings = inForce.take(configuration);
    pbx =
        new Pbx(
            this,
            settings,
            destinations::permitted,
            Clock.systemUTC(),
            base.resolve("latchkey/registrations"));
    status =
        new PbxStatus(
            pbx,
            () -> List.of(inForce.problem(), destinations.problem(), codeFault(pbx.settings())));
    apply(settings);
  }

  /** Takes changed settings. */
  @Modified
  public void modified(ReferencePbxConfiguration configuration) {
    apply(inForce.take(configuration));
  }

  private void apply(Settings settings) {
    String fault = codeFault(settings);
    if (!fault.isEmpty()) {
      LOG.error("{}", fault);
    }
    CompletableFuture<Void> unused = pbx.apply(settings);
  }

  /** Why the short code of users who move is off though it is set; empty when it is not. */
  private String codeFault(Settings settings) {
    return settings
        .moveCode()
        .fault(destinations.permitted().destinations())
        .map(fault -> "The short code of users who move is off: " + fault)
        .orElse("");
  }

  /** Closes everything and waits for its threads. */
  @Deactivate
  public void close() {
    pbx.close();
  }

  @Override
  public Optional<RegistrationAuthenticator> authenticator() {
    return Optional.ofNullable(authenticator);
  }

  @Override
  public Optional<CallAdmission> admission() {
    return Optional.ofNullable(admission);
  }

  @Override
  public Optional<PhoneJournal> journal() {
    return Optional.ofNullable(journal);
  }

  @Override
  public Optional<RegistrationKeys> keys() {
    return Optional.ofNullable(keys);
  }

  @Override
  public Optional<Ha1Source> ha1s() {
    return Optional.ofNullable(ha1s);
  }

  @Override
  public Optional<PhoneMoves> moves() {
    return Optional.ofNullable(moves);
  }

  @Override
  public List<PermittedCallListener> permittedCallListeners() {
    return permittedCallListeners;
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String realm() {
    return pbx.settings().realm();
  }

  @Override
  public List<String> listeners() {
    return pbx.listeners().descriptions();
  }

  @Override
  public List<Registration> registrations() {
    return pbx.registrations();
  }

  @Override
  public int drop(String keyIdentifier) {
    return pbx.drop(keyIdentifier);
  }

  @Override
  public int hangUp(String keyIdentifier) {
    return pbx.hangUp(keyIdentifier);
  }

  @Override
  public int checkSync(String keyIdentifier, String event) {
    return pbx.checkSync(keyIdentifier, event);
  }

  @Override
  public String part() {
    return "reference PBX";
  }

  @Override
  public List<StatusLine> status() {
    return status.lines(authenticator().isPresent(), admission().isPresent());
  }
}
