package org.latchkey.shell.internal;

import java.util.Optional;
import org.latchkey.key.KeyRecord;
import org.latchkey.phone.PhoneProfile;

/**
 * The families of phones, as far as their profiles are there.
 *
 * @param parts the node
 */
public record Families(Parts parts) {

  /** The profile that fetched a phone's key. */
  public Optional<PhoneProfile> of(Phone phone) {
    return phone.record().map(KeyRecord::profile).flatMap(this::named);
  }

  /** What cannot be asked of a phone while it is not registered, as a part of its state. */
  String handicap(Phone phone) {
    boolean silent =
        phone.registrations().isEmpty()
            && !phone.revoked()
            && of(phone).filter(profile -> !profile.traits().callsUnregistered()).isPresent();
    return silent ? ", can't call" : "";
  }

  private Optional<PhoneProfile> named(String name) {
    return parts.all(PhoneProfile.class).stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst();
  }
}
