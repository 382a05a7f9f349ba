package org.latchkey.key;

import java.util.Optional;

/**
 * A key on its way to its phone. Owned by whoever received it, who closes it: that wipes its
 * secrets.
 */
public final class IssuedKey implements AutoCloseable {

  private final KeyRecord record;
  private final Secret secret;
  private final Secret provisioningPassword;
  private final Secret maintenancePassword;
  private final Registrar registrar;

  /** Takes ownership of the three secrets. */
  public IssuedKey(
      KeyRecord record,
      Secret secret,
      Secret provisioningPassword,
      Secret maintenancePassword,
      Registrar registrar) {
    this.record = record;
    this.secret = secret;
    this.provisioningPassword = provisioningPassword;
    this.maintenancePassword = maintenancePassword;
    this.registrar = registrar;
  }

  /** The public name of the key; also the name of the provisioning login. */
  public String keyIdentifier() {
    return record.keyIdentifier();
  }

  /** What is known of the key; holds no secret. */
  public KeyRecord record() {
    return record;
  }

  /** The secret key in characters (base32, ASCII), owned by this object. */
  public Secret secret() {
    return secret;
  }

  /** The password with which the phone fetches again (ASCII), owned by this object. */
  public Secret provisioningPassword() {
    return provisioningPassword;
  }

  /** The password of the phone's own menu (ASCII), owned by this object. */
  public Secret maintenancePassword() {
    return maintenancePassword;
  }

  /** Where the phone registers. */
  public Registrar registrar() {
    return registrar;
  }

  /** What people call the phone's line, if the enrolment says. */
  public Optional<String> displayName() {
    return record.displayName();
  }

  @Override
  public void close() {
    secret.close();
    provisioningPassword.close();
    maintenancePassword.close();
  }
}
