package org.latchkey.pbx.http.internal;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.PermittedCallListener;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorResource;
import org.latchkey.pbx.http.internal.Question.BadQuestionException;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RecentRefusals;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.RegistrationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v1/} of the PBX door. It outlives the services it asks; while one is away the answer is
 * 503, and so it is when one fails.
 */
@Component(
    immediate = true,
    service = {DoorResource.class, LatchkeyServices.class})
public final class PbxResource implements DoorResource, LatchkeyServices {

  private static final Logger LOG = LoggerFactory.getLogger(PbxResource.class);

  private static final String HA1 = "/v1/ha1";

  private final PbxSite site;
  private final Map<String, Handler> handlers;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Ha1Source ha1Source;

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
  private volatile @Nullable RecentRefusals recentRefusals;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<RegistrationListener> registrationListeners = List.of();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<PermittedCallListener> permittedCallListeners = List.of();

  /** The resource of this site. */
  @Activate
  public PbxResource(@Reference PbxSite site) {
    this.site = site;
    this.handlers = handlers(site, this, Clock.systemUTC());
  }

  /** Without OSGi. */
  PbxResource(PbxSite site, LatchkeyServices services, Clock clock) {
    this.site = site;
    this.handlers = handlers(site, services, clock);
  }

  private static Map<String, Handler> handlers(
      PbxSite site, LatchkeyServices services, Clock clock) {
    return Map.of(
        HA1,
        new Ha1Handler(site, services, clock),
        "/v1/verify",
        new VerifyHandler(site, services),
        "/v1/admission",
        new AdmissionHandler(site, services),
        "/v1/events",
        new EventHandler(site, services, clock),
        "/v1/refusals",
        new RefusalHandler(services));
  }

  @Override
  public Door door() {
    return Door.PBX;
  }

  @Override
  public String path() {
    return "/v1/";
  }

  /** An HA1 comes from memory and is what each registration waits for; the rest may take longer. */
  @Override
  public boolean answersAtOnce(DoorRequest request) {
    return request.path().equals(HA1);
  }

  @Override
  public DoorAnswer answer(DoorRequest request) {
    Handler handler = handlers.get(request.path());
    if (handler == null
        || !(site.admits(request, "kamailio") || site.admits(request, "opensips"))) {
      return DoorAnswer.notFound();
    }
    if (!request.method().equals("POST")) {
      return DoorAnswer.problem(405, "Method not allowed", "Send a POST with a JSON body")
          .with("Allow", "POST");
    }
    byte[] body = request.body().copy();
    try {
      return handler.answer(Question.read(body, handler.fields()));
    } catch (BadQuestionException e) {
      return DoorAnswer.problem(400, "Not a question", String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("A question at {} could not be answered", request.path(), e);
      return JsonAnswer.unavailable();
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  @Override
  public Optional<Ha1Source> ha1Source() {
    return Optional.ofNullable(ha1Source);
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
  public List<RegistrationListener> registrationListeners() {
    return registrationListeners;
  }

  @Override
  public List<PermittedCallListener> permittedCallListeners() {
    return permittedCallListeners;
  }

  @Override
  public Optional<RecentRefusals> recentRefusals() {
    return Optional.ofNullable(recentRefusals);
  }

  @Override
  public void note(PhoneEvent event) {
    PhoneJournal present = journal;
    if (present != null) {
      present.note(event);
    }
  }
}
