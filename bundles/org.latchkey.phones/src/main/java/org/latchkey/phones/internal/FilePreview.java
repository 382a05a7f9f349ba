package org.latchkey.phones.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.Registrar;
import org.latchkey.key.Secret;
import org.latchkey.phone.FilePreviews;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Has a profile render the file of keys that hold no secret. */
@Component
public final class FilePreview implements FilePreviews {

  private static final String ASTERISKS = "*".repeat(26);

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<PhoneProfile> profiles = List.of();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PublicAddress publicAddress;

  /** The service, whose neighbours come and go. */
  @Activate
  public FilePreview() {}

  FilePreview(List<PhoneProfile> profiles, PublicAddress publicAddress) {
    this.profiles = profiles;
    this.publicAddress = publicAddress;
  }

  @Override
  public Optional<PhoneFile> preview(List<KeyRecord> keys, Registrar registrar) {
    PublicAddress address = publicAddress;
    if (address == null || keys.isEmpty()) {
      return Optional.empty();
    }
    KeyRecord first = keys.get(0);
    return profiles.stream()
        .filter(profile -> profile.name().equals(first.profile()))
        .findFirst()
        .flatMap(
            profile ->
                profile
                    .keyFile(first.device())
                    .map(file -> rendered(profile, file, keys, registrar, address)));
  }

  private static PhoneFile rendered(
      PhoneProfile profile,
      FileRequest file,
      List<KeyRecord> keys,
      Registrar registrar,
      PublicAddress address) {
    List<IssuedKey> masked = new ArrayList<>();
    Set<Integer> lines = keys.stream().map(KeyRecord::line).collect(Collectors.toSet());
    FileRequest own = Delivery.narrowed(file, lines);
    try {
      for (KeyRecord key : keys.stream().filter(one -> own.lines().contains(one.line())).toList()) {
        masked.add(
            new IssuedKey(
                key,
                Secret.ofText(ASTERISKS),
                Secret.ofText(ASTERISKS),
                Secret.ofText(ASTERISKS),
                registrar));
      }
      return profile.render(own, List.copyOf(masked), ProvisioningDoor.site(address));
    } finally {
      masked.forEach(IssuedKey::close);
    }
  }
}
