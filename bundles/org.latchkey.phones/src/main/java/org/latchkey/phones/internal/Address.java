package org.latchkey.phones.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;

/**
 * One reading of a path below {@code /provision/}: {@code [PROFILE/][CODE/ | KEY/PASSWORD/]FILE}.
 * Whether something is a credential is told by its form alone.
 *
 * @param named whether the path names the profile
 * @param key a key identifier; empty text for none
 * @param password the password of its provisioning login; it came as text from the network
 * @param code a one-time code; empty text for none
 * @param file the rest
 */
record Address(boolean named, String key, String password, String code, String file) {

  private static final Pattern LOGIN =
      Pattern.compile("([a-z][0-9a-z]{19}|[a-z][0-9a-z]{31})/([0-9a-z]{26})/(.*)");
  private static final Pattern CODE = Pattern.compile("([0-9A-Za-z-]{1,64})/(.*)");

  /** The readings of a path for the profile of this name, the most telling first. */
  static List<Address> of(String path, String profile) {
    boolean named = path.startsWith(profile + '/');
    String rest = named ? path.substring(profile.length() + 1) : path;
    List<Address> readings = new ArrayList<>();
    Matcher login = LOGIN.matcher(rest);
    if (login.matches()) {
      readings.add(new Address(named, login.group(1), login.group(2), "", login.group(3)));
    }
    Matcher code = CODE.matcher(rest);
    if (code.matches()) {
      readings.add(new Address(named, "", "", code.group(1), code.group(2)));
    }
    readings.add(new Address(named, "", "", "", rest));
    return readings;
  }

  /** The code, the caller's to close. */
  Optional<Secret> secretCode() {
    return code.isEmpty() ? Optional.empty() : Optional.of(Secret.ofText(code));
  }

  /** The login, the caller's to close. */
  Optional<KeyRequest.Login> login() {
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(new KeyRequest.Login(key, Secret.ofText(password)));
  }

  /** Without what may be a secret. */
  @Override
  public String toString() {
    return "Address[" + named + ']';
  }
}
