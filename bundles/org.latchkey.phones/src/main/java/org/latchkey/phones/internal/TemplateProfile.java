package org.latchkey.phones.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.Secret;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.latchkey.phone.Traits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A profile made of text: all desk phones are. */
final class TemplateProfile implements PhoneProfile {

  private static final Logger LOG = LoggerFactory.getLogger(TemplateProfile.class);

  /** The file with the certificate of our own authority, which every family may fetch. */
  private static final String CA_FILE = "ca";

  private static final Pattern CA_PATH = Pattern.compile("(?:root)?ca\\.pem");

  private final String name;
  private final ProfileText text;
  private final PhoneSettings common;
  private final VendorProfile family;
  private final Function<String, Optional<ProfileText>> ofDevice;
  private final Predicate<String> claimed;

  /**
   * A profile.
   *
   * @param common what all phones are told
   * @param ofDevice the file of one phone, by its MAC address; throws IllegalArgumentException when
   *     it can't be read
   * @param claimed whether any profile claims a phone that calls itself so
   * @throws IllegalArgumentException naming the line that can't be read
   */
  TemplateProfile(
      String name,
      ProfileText text,
      PhoneSettings common,
      Function<String, Optional<ProfileText>> ofDevice,
      Predicate<String> claimed) {
    this.name = name;
    this.text = text;
    this.common = common;
    this.ofDevice = ofDevice;
    this.claimed = claimed;
    this.family = VendorProfile.of(text, common);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String vendor() {
    return family.vendor().isEmpty() ? name : family.vendor();
  }

  @Override
  public Optional<String> model(String userAgent) {
    return family.modelIn(userAgent);
  }

  @Override
  public Traits traits() {
    return family.traits();
  }

  @Override
  public Traits traits(FileRequest file) {
    return of(file.device()).traits();
  }

  /** Whether a phone that calls itself so is of this family. */
  boolean claims(String userAgent) {
    return family.claims(userAgent);
  }

  /** Whether these would make the same profile. */
  boolean isMadeOf(ProfileText otherText, PhoneSettings otherCommon) {
    return text.equals(otherText) && common.equals(otherCommon);
  }

  /** Whether it takes whom no other profile claims. */
  boolean isFallback() {
    return family.fallback();
  }

  @Override
  public Optional<FileRequest> recognise(ProvisioningRequest request) {
    boolean ours =
        family.claims(request.userAgent())
            || (family.fallback() && !claimed.test(request.userAgent()));
    String query = request.query().isEmpty() ? "" : '?' + request.query();
    for (Address address : Address.of(request.path(), name)) {
      if (!ours && !address.named()) {
        continue;
      }
      for (FileSheet file : family.files()) {
        Optional<FileSheet.Asked> asked = file.asked(address.file() + query);
        if (asked.isPresent()) {
          return Optional.of(
              new FileRequest(
                  file.name(),
                  asked.get().device(),
                  address.secretCode(),
                  address.login(),
                  file.places()));
        }
      }
      if (CA_PATH.matcher(address.file()).matches()) {
        return Optional.of(
            new FileRequest(
                CA_FILE, Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
      }
    }
    return Optional.empty();
  }

  @Override
  public PhoneFile render(FileRequest file, List<IssuedKey> keys, Site site) {
    if (file.name().equals(CA_FILE)) {
      return new PhoneFile("application/x-pem-file", Secret.ofText(site.caPem()));
    }
    VendorProfile phone = of(file.device());
    Context context =
        new Context(
            name, phone.settings(), phone.menu(), file, site, Optional.empty(), Optional.empty());
    return phone
        .file(file.name())
        .orElseThrow(
            () -> new IllegalStateException("the profile has lost its file " + file.name()))
        .rendered(keys, context);
  }

  @Override
  public Optional<PhoneFile> bootstrap(ProvisioningRequest request, Site site) {
    boolean named = request.path().startsWith(name + '/');
    if (!named && !family.claims(request.userAgent())) {
      return Optional.empty();
    }
    String path = request.path().substring(named ? name.length() + 1 : 0);
    for (FileSheet file : family.bootstrap()) {
      Optional<FileSheet.Asked> asked = file.asked(path);
      if (asked.isPresent()) {
        FileRequest wanted =
            new FileRequest(
                file.name(), asked.get().device(), Optional.empty(), Optional.empty(), List.of());
        return Optional.of(
            file.rendered(
                List.of(),
                new Context(
                    name,
                    family.settings(),
                    family.menu(),
                    wanted,
                    site,
                    Optional.empty(),
                    Optional.empty())));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<FileRequest> keyFile(Optional<String> device) {
    return family.files().stream()
        .filter(FileSheet::keys)
        .findFirst()
        .map(
            file ->
                new FileRequest(
                    file.name(), device, Optional.empty(), Optional.empty(), file.places()));
  }

  @Override
  public Secret menuPassword(Secret password) {
    return family.menu().of(password);
  }

  private VendorProfile of(Optional<String> device) {
    try {
      return device
          .flatMap(ofDevice)
          .map(own -> VendorProfile.of(text.with(own), common))
          .orElse(family);
    } catch (IllegalArgumentException e) {
      LOG.warn("No file for the phone {}: {}", device.orElse(""), e.getMessage());
      throw e;
    }
  }
}
