package org.latchkey.example.jain.internal;

import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TooManyListenersException;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.CallAdmission;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.SipAnswer;
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
 * The example as OSGi sees it: keeps its socket while the services it asks come and go, and lets
 * Latchkey see and drop its registrations. Without transactions: all it sends are final responses.
 */
@Component(name = "org.latchkey.example.jain", service = PbxControl.class, immediate = true)
@Designate(ocd = JainConfiguration.class)
public final class JainRegistrar implements PbxControl, SipListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JainRegistrar.class);

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

  private final String realm;
  private final String listener;
  private final Bindings bindings;
  private final SipStack stack;
  private final SipProvider provider;
  private final Mapping mapping;
  private final Registrar registrar;

  /** Listens as the settings say. */
  @Activate
  public JainRegistrar(JainConfiguration configuration)
      throws SipException, TooManyListenersException {
    this(
        configuration.bind(),
        configuration.port(),
        configuration.realm(),
        configuration.domain(),
        Clock.systemUTC(),
        System::nanoTime);
  }

  JainRegistrar(
      String bind, int port, String realm, String domain, Clock clock, LongSupplier nanoTime)
      throws SipException, TooManyListenersException {
    this.realm = realm;
    listener = "udp " + bind + ':' + port;
    bindings = new Bindings(clock);
    SipFactory factory = SipFactory.getInstance();
    factory.setPathName("gov.nist");
    mapping = new Mapping(realm, factory.createMessageFactory(), factory.createHeaderFactory());
    registrar =
        new Registrar(
            domain,
            mapping,
            bindings,
            () -> Optional.ofNullable(authenticator),
            () -> Optional.ofNullable(admission),
            nanoTime);
    stack = factory.createSipStack(properties());
    try {
      provider = stack.createSipProvider(stack.createListeningPoint(bind, port, "udp"));
    } catch (SipException | javax.sip.InvalidArgumentException e) {
      stack.stop();
      throw new SipException("can't listen on " + listener, e);
    }
    provider.addSipListener(this);
  }

  /** One thread: two of them let requests overtake each other. */
  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", "latchkey-" + UUID.randomUUID());
    properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
    properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", StackLog.class.getName());
    return properties;
  }

  /** For whoever has no OSGi to set them. */
  void services(
      @Nullable RegistrationAuthenticator newAuthenticator, @Nullable CallAdmission newAdmission) {
    authenticator = newAuthenticator;
    admission = newAdmission;
  }

  /** Frees the port. */
  @Override
  @Deactivate
  public void close() {
    stack.stop();
  }

  @Override
  public void processRequest(RequestEvent event) {
    Optional<SipAnswer> answer = registrar.answer(event);
    if (answer.isPresent()) {
      try {
        provider.sendResponse(mapping.response(event.getRequest(), answer.get()));
      } catch (ParseException | SipException e) {
        LOG.warn("A {} could not be answered", event.getRequest().getMethod(), e);
      }
    }
  }

  @Override
  public void processResponse(ResponseEvent event) {}

  @Override
  public void processTimeout(TimeoutEvent event) {}

  @Override
  public void processIOException(IOExceptionEvent event) {}

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {}

  @Override
  public void processDialogTerminated(DialogTerminatedEvent event) {}

  @Override
  public String name() {
    return "example";
  }

  @Override
  public String realm() {
    return realm;
  }

  @Override
  public List<String> listeners() {
    return List.of(listener);
  }

  @Override
  public List<Registration> registrations() {
    return bindings.all();
  }

  @Override
  public int drop(String keyIdentifier) {
    return bindings.drop(keyIdentifier);
  }

  /** It redirects calls and has none itself. */
  @Override
  public int hangUp(String keyIdentifier) {
    return 0;
  }

  /** It sends no requests. */
  @Override
  public int checkSync(String keyIdentifier, String event) {
    return 0;
  }
}
