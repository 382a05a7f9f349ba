package org.latchkey.pbx.http.internal.freeswitch;

import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.CallAdmission;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorResource;
import org.latchkey.pbx.http.internal.Form;
import org.latchkey.pbx.http.internal.Form.BadFormException;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.registration.Ha1Source;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /freeswitch} of the PBX door, asked by mod_xml_curl. It outlives the services it asks;
 * while one is away FreeSWITCH finds no user, and refuses calls.
 */
@Component(immediate = true, service = DoorResource.class)
public final class FreeSwitchResource implements DoorResource, Services {

  private static final Logger LOG = LoggerFactory.getLogger(FreeSwitchResource.class);
  private static final Set<String> FIELDS =
      Stream.concat(Directory.FIELDS.stream(), Dialplan.FIELDS.stream())
          .collect(Collectors.toUnmodifiableSet());

  private final PbxSite site;
  private final Directory directory;
  private final Dialplan dialplan;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Ha1Source ha1Source;

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

  /** The resource of this site. */
  @Activate
  public FreeSwitchResource(@Reference PbxSite site, @Reference FreeSwitch freeSwitch) {
    Clock clock = Clock.systemUTC();
    this.site = site;
    this.directory = new Directory(site, freeSwitch.settings().algorithm(), this, clock);
    this.dialplan =
        new Dialplan(site, freeSwitch.settings(), this, freeSwitch.registrations(), clock);
  }

  /** Without OSGi. */
  FreeSwitchResource(PbxSite site, FreeSwitch freeSwitch, Services services, Clock clock) {
    this.site = site;
    this.directory = new Directory(site, freeSwitch.settings().algorithm(), services, clock);
    this.dialplan =
        new Dialplan(site, freeSwitch.settings(), services, freeSwitch.registrations(), clock);
  }

  @Override
  public Door door() {
    return Door.PBX;
  }

  @Override
  public String path() {
    return "/freeswitch";
  }

  @Override
  public DoorAnswer answer(DoorRequest request) {
    if (!site.admits(request, "freeswitch")) {
      return DoorAnswer.notFound();
    }
    if (!request.method().equals("POST")) {
      return DoorAnswer.problem(405, "Method not allowed", "Send the form of mod_xml_curl by POST")
          .with("Allow", "POST");
    }
    byte[] body = request.body().copy();
    try {
      Form form = Form.read(body, FIELDS);
      return switch (form.get("section")) {
        case "directory" -> directory.answer(form);
        case "dialplan" -> dialplan.answer(form);
        default -> XmlAnswer.notFound();
      };
    } catch (BadFormException e) {
      return DoorAnswer.problem(400, "Not a question", String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("A question of FreeSWITCH could not be answered", e);
      return unavailable();
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  /** Our own fault: FreeSWITCH takes any status but 200 for no answer, and never for a yes. */
  static DoorAnswer unavailable() {
    return DoorAnswer.problem(
        503, "Not known at present", "latchkey:status tells the administrator why");
  }

  @Override
  public Optional<Ha1Source> ha1Source() {
    return Optional.ofNullable(ha1Source);
  }

  @Override
  public Optional<CallAdmission> admission() {
    return Optional.ofNullable(admission);
  }

  @Override
  public void note(PhoneEvent event) {
    PhoneJournal present = journal;
    if (present != null) {
      present.note(event);
    }
  }
}
