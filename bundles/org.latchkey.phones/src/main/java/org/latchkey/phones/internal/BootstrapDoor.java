package org.latchkey.phones.internal;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorResource;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.Secret;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What new phones fetch without TLS: the certificate of our own authority, and files that set it
 * and the address of the phones' door. It knows profiles and addresses and no key generating agent:
 * there is no secret here that it could tell.
 */
@Component
public final class BootstrapDoor implements DoorResource {

  private static final Logger LOG = LoggerFactory.getLogger(BootstrapDoor.class);
  private static final String CA_FILE = "/ca.pem";

  private final RankedProfiles profiles;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PublicAddress publicAddress;

  /** A resource whose neighbours come and go. */
  @Activate
  public BootstrapDoor(@Reference RankedProfiles profiles) {
    this.profiles = profiles;
  }

  /** A resource with these neighbours, for good. */
  BootstrapDoor(List<PhoneProfile> profiles, PublicAddress publicAddress) {
    this(new RankedProfiles(profiles));
    this.publicAddress = publicAddress;
  }

  @Override
  public Door door() {
    return Door.BOOTSTRAP;
  }

  @Override
  public String path() {
    return "/";
  }

  @Override
  public DoorAnswer answer(DoorRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return DoorAnswer.of(405, "text/plain", Secret.ofText("only GET and HEAD are served\n"))
          .with("Allow", "GET, HEAD");
    }
    PublicAddress address = publicAddress;
    Optional<URI> here = address == null ? Optional.empty() : address.bootstrap();
    if (address == null || here.isEmpty()) {
      return DoorAnswer.notFound();
    }
    Site usual = ProvisioningDoor.site(address);
    Site site = new Site(usual.provisioning(), usual.caPem(), here);
    return file(request, site)
        .filter(file -> file.body().length() > 0)
        .map(file -> DoorAnswer.of(200, file.contentType(), file.body()))
        .orElseGet(DoorAnswer::notFound);
  }

  private Optional<PhoneFile> file(DoorRequest request, Site site) {
    if (request.path().equals(CA_FILE)) {
      return Optional.of(new PhoneFile("application/x-pem-file", Secret.ofText(site.caPem())));
    }
    ProvisioningRequest wanted =
        new ProvisioningRequest(
            request.method(),
            request.path().substring(1),
            "",
            request.header("User-Agent").orElse(""),
            List.of());
    for (PhoneProfile profile : profiles.all()) {
      try {
        Optional<PhoneFile> file = profile.bootstrap(wanted, site);
        if (file.isPresent()) {
          return file;
        }
      } catch (RuntimeException e) {
        LOG.warn(
            "The profile {} failed on a first request: {}", profile.name(), e.getClass().getName());
      }
    }
    return Optional.empty();
  }
}
