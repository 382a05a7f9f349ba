package org.latchkey.key;

/** Why a device got no key. */
public enum DenialReason {
  /** Neither a code nor a provisioning login was given. */
  NO_CREDENTIAL("came without a code or provisioning login"),
  /** The device identifier is not one. */
  BAD_DEVICE("gave something that is no device identifier"),
  /** No open enrolment has this code. */
  UNKNOWN_CODE("gave a code that no open enrolment has"),
  /** The enrolment's window is over. */
  WINDOW_OVER("came after the enrolment's window had ended"),
  /** The code was tried too often. */
  TOO_MANY_TRIES("tried a typed code too often"),
  /** The enrolment is for another device. */
  OTHER_DEVICE("is not the device that the enrolment names"),
  /** The enrolment's key has registered; the provisioning login gets it from now on. */
  ALREADY_REGISTERED("used a code whose key has registered already"),
  /** The provisioning login is wrong. */
  BAD_LOGIN("gave a wrong provisioning login"),
  /** The key was revoked and has no successor. */
  REVOKED("asked for a key that was revoked"),
  /** The source asks too often. */
  TOO_FAST("asked too often");

  private final String words;

  DenialReason(String words) {
    this.words = words;
  }

  /** The reason as the end of a sentence that begins with the device. */
  public String words() {
    return words;
  }
}
