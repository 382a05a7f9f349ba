package org.latchkey.key;

/**
 * The passwords by which administrators get into the menus of phones: derived like secret keys,
 * under a subkey that no registrar has, and kept nowhere. Thread-safe.
 */
public interface MaintenancePasswords {

  /**
   * The password of the phone that a key was issued to, revoked or not: a phone that is taken out
   * of service has its menu still. The evidence is written first.
   *
   * @return 26 characters, the caller's to close
   * @throws RequestRefusedException when there is no such key, or its generation can't be used at
   *     present or any more
   * @throws StoreUnavailableException when nobody can say what was issued
   */
  Secret of(String keyIdentifier, String actor);
}
