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
  /** The realm or domain of its key is not served any more. */
  NOT_SERVED("asked for a key whose realm or domain is not served any more"),
  /** The source asks too often. */
  TOO_FAST("asked too often"),
  /** The device is in the inventory, and nothing proves that this is the device. */
  NO_PROOF("is in the inventory, and showed neither a factory certificate nor came in a window"),
  /** The factory certificate proves the device, which nobody has enrolled. */
  NOT_IN_INVENTORY("proved by its factory certificate what it is, and is not in the inventory"),
  /** No imported authority of the phone's vendor vouches for the certificate. */
  UNKNOWN_CERTIFICATE("showed a certificate that no factory authority of its vendor vouches for"),
  /** The factory certificate has expired, and its authority was imported without that flag. */
  EXPIRED_CERTIFICATE("showed a factory certificate that has expired"),
  /** The factory certificate names no MAC address: many phones have the same one. */
  NAMELESS_CERTIFICATE("showed a factory certificate that names no device"),
  /** The factory certificate, the User-Agent and the path name different devices. */
  OTHER_CERTIFICATE("showed the factory certificate of another device than it asked for"),
  /** A stranger's phone becomes an extension, and this is not where that phone is. */
  OTHER_PLACE(
      "asked with a stranger's login, from another address than the phone's, for the key"
          + " of the extension that the phone becomes"),
  /** The window was open, but not for this network. */
  OTHER_NETWORK("came from a network that the open window is not for"),
  /** The window has served this device already. */
  SERVED_ALREADY("was served by its MAC address already while this window is open"),
  /**
   * The window was open, but the device has a line whose key has registered, or that did not come
   * by the inventory: its MAC address alone does not get that.
   */
  LINES_IN_USE("came by its MAC address alone, and has a line with a code or a key in use"),
  /** The window lets in no more at present, or none any more. */
  WINDOW_BUSY("came when the open window had let in as many as it may"),
  /** The window was open, and what a key takes was away: the agent's log says what. */
  NOT_READY("came in an open window, and could not be served: latchkey:status says why");

  private final String words;

  DenialReason(String words) {
    this.words = words;
  }

  /** The reason as the end of a sentence that begins with the device. */
  public String words() {
    return words;
  }
}
