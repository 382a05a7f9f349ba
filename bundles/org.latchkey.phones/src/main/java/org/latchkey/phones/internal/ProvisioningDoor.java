package org.latchkey.phones.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorResource;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.KeyAgent;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What phones fetch below {@code /provision/}: finds the profile whose request it is, has the key
 * generating agent issue the keys, has the profile render the file. Everybody else gets the same
 * plain 404. It outlives agent, address and profiles; while one is away it says 503, come again.
 */
@Component
public final class ProvisioningDoor implements DoorResource, StatusSource {

  private static final Logger LOG = LoggerFactory.getLogger(ProvisioningDoor.class);
  private static final String PATH = "/provision/";
  private static final Duration COME_AGAIN = Duration.ofSeconds(10);

  private final RankedProfiles profiles;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable KeyAgent keyAgent;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PublicAddress publicAddress;

  /** A resource whose neighbours come and go. */
  @Activate
  public ProvisioningDoor(@Reference RankedProfiles profiles) {
    this.profiles = profiles;
  }

  /** A resource with these neighbours, for good; the profiles are asked in this order. */
  ProvisioningDoor(
      List<PhoneProfile> profiles,
      @Nullable KeyAgent keyAgent,
      @Nullable PublicAddress publicAddress) {
    this(new RankedProfiles(profiles));
    this.keyAgent = keyAgent;
    this.publicAddress = publicAddress;
  }

  @Override
  public Door door() {
    return Door.PHONES;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public DoorAnswer answer(DoorRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return DoorAnswer.of(405, "text/plain", Secret.ofText("only GET and HEAD are served\n"))
          .with("Allow", "GET, HEAD");
    }
    ProvisioningRequest wanted =
        new ProvisioningRequest(
            request.method(),
            request.path().substring(Math.min(PATH.length(), request.path().length())),
            request.query(),
            request.header("User-Agent").orElse(""),
            request.clientCertificates());
    for (PhoneProfile profile : profiles.all()) {
      Optional<FileRequest> file = recognised(profile, wanted);
      if (file.isPresent()) {
        return answer(request, profile, file.get());
      }
    }
    return DoorAnswer.notFound();
  }

  @Override
  public String part() {
    return "phones";
  }

  @Override
  public List<StatusLine> status() {
    List<StatusLine> lines = new ArrayList<>();
    if (keyAgent == null) {
      lines.add(
          StatusLine.fault(
              "Phones get no files, the key generating agent is away",
              "Start org.latchkey.keyagent."));
    }
    if (publicAddress == null) {
      lines.add(
          StatusLine.fault(
              "Phones get no files, the HTTPS doors are away", "Start org.latchkey.https."));
    }
    String names =
        profiles.all().stream()
            .map(PhoneProfile::name)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    lines.add(
        names.isEmpty()
            ? StatusLine.warning(
                "There is no phone profile, so no phone finds a file",
                "Start org.latchkey.phones or a vendor's profile bundle.")
            : StatusLine.ok("Phone profiles: " + names));
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return lines;
  }

  private static Optional<FileRequest> recognised(
      PhoneProfile profile, ProvisioningRequest wanted) {
    try {
      return profile.recognise(wanted);
    } catch (RuntimeException e) {
      LOG.warn("The profile {} failed on a request: {}", profile.name(), e.getClass().getName());
      return Optional.empty();
    }
  }

  private DoorAnswer answer(DoorRequest request, PhoneProfile profile, FileRequest file) {
    KeyAgent agent = keyAgent;
    PublicAddress address = publicAddress;
    Optional<KeyRequest.Login> login = file.login().or(() -> BasicLogin.of(request));
    try {
      return agent == null || address == null
          ? comeAgain(COME_AGAIN)
          : new Delivery(agent, profile, file, login).to(request, site(address));
    } catch (RuntimeException e) {
      LOG.warn(
          "A file of profile {} could not be made: {}", profile.name(), e.getClass().getName());
      return comeAgain(COME_AGAIN);
    } finally {
      file.code().ifPresent(Secret::close);
      login.ifPresent(given -> given.password().close());
    }
  }

  /** Where phones find things, by the address of the doors. */
  static Site site(PublicAddress address) {
    return new Site(address.phones().resolve(PATH.substring(1)), address.caPem());
  }

  /** Our own fault; the phone should come again. */
  static DoorAnswer comeAgain(Duration after) {
    return DoorAnswer.of(503, "text/plain", Secret.ofText("come again later\n"))
        .with("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
  }
}
