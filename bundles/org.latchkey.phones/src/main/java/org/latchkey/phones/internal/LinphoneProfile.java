package org.latchkey.phones.internal;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.latchkey.phone.Traits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Linphone: fetches {@code linphone/CODE.xml} once, and at each later start {@code
 * linphone/KEY-IDENTIFIER/PASSWORD.xml}, which the file itself tells it. It can't be told to fetch
 * at any other time.
 */
@Component(configurationPid = "org.latchkey.phones")
@Designate(ocd = PhonesConfiguration.class)
public final class LinphoneProfile implements PhoneProfile {

  private static final Pattern BY_CODE = Pattern.compile("linphone/([^/]{1,64})\\.xml");
  private static final Pattern BY_LOGIN =
      Pattern.compile("linphone/([^/]{1,64})/([^/]{1,64})\\.xml");

  private volatile LinphoneSettings settings;

  /** Reads the settings. */
  @Activate
  public LinphoneProfile(PhonesConfiguration configuration) {
    this(LinphoneSettings.of(configuration));
  }

  /** A profile with these settings. */
  LinphoneProfile(LinphoneSettings settings) {
    this.settings = settings;
  }

  /** The settings were edited. */
  @Modified
  void modified(PhonesConfiguration configuration) {
    settings = LinphoneSettings.of(configuration);
  }

  @Override
  public String name() {
    return "linphone";
  }

  @Override
  public Traits traits() {
    return new Traits(settings.algorithm(), IdentifierForm.LONG, true, Optional.empty());
  }

  @Override
  public Optional<FileRequest> recognise(ProvisioningRequest request) {
    Matcher login = BY_LOGIN.matcher(request.path());
    if (login.matches()) {
      return Optional.of(
          file(
              Optional.empty(),
              Optional.of(new KeyRequest.Login(login.group(1), Secret.ofText(login.group(2))))));
    }
    Matcher code = BY_CODE.matcher(request.path());
    return code.matches()
        ? Optional.of(file(Optional.of(Secret.ofText(code.group(1))), Optional.empty()))
        : Optional.empty();
  }

  @Override
  public PhoneFile render(FileRequest file, List<IssuedKey> keys, Site site) {
    IssuedKey key = keys.get(0);
    String again = site.provisioning().resolve("linphone/" + key.keyIdentifier() + '/').toString();
    return new PhoneFile("application/xml", LinphoneFile.of(key, settings, again));
  }

  @Override
  public Optional<FileRequest> keyFile(Optional<String> device) {
    return Optional.of(file(Optional.empty(), Optional.empty()));
  }

  private static FileRequest file(Optional<Secret> code, Optional<KeyRequest.Login> login) {
    return new FileRequest("remote provisioning", Optional.empty(), code, login, List.of(1));
  }
}
