package org.latchkey.key;

/**
 * What a subkey is for. The label is part of the derivation (NIST SP 800-108r1), so two purposes
 * never share a key.
 */
public enum KeyPurpose {
  /** The secret key with which a phone registers. */
  REGISTRATION("registration"),
  /** The unique part of a derived key identifier. */
  IDENTIFIER("identifier"),
  /** The tag inside a key identifier. */
  TAG("tag"),
  /** The login with which a phone fetches its configuration again. */
  PROVISIONING("provisioning"),
  /** What the agent says to phones and nodes: revocation snapshots, check-sync. */
  CONTROL("control"),
  /** The phone's own administrator password. */
  MAINTENANCE("maintenance");

  private final String label;

  KeyPurpose(String label) {
    this.label = label;
  }

  /** The bytes that enter the derivation, in ASCII. */
  public String label() {
    return label;
  }
}
