package org.latchkey.keyagent.internal;

import org.latchkey.key.Enrolment.CodeKind;

/** What let a phone have its key, by the word that the audit log has for it. */
enum Policy {
  /** A one-time code in the URL, or sent by a program. */
  URL_CODE("url-code"),
  /** A one-time code that was typed. */
  TYPED_CODE("typed-code"),
  /** The provisioning login of the key, or of the one before. */
  LOGIN("login"),
  /** What proved another line of its device. */
  DEVICE_LINE("device-line"),
  /** The phone's factory certificate, and an entry of the inventory. */
  FACTORY_CERTIFICATE("factory-certificate"),
  /** An entry of the inventory and nothing else, while a window was open. */
  INVENTORY_WINDOW("inventory-window"),
  /** Nothing at all, while the window for anybody was open. */
  OPEN_WINDOW("open-window");

  private final String word;

  Policy(String word) {
    this.word = word;
  }

  /** The word in the audit log. */
  String word() {
    return word;
  }

  /** That of a code. */
  static Policy ofCode(CodeKind kind) {
    return kind == CodeKind.TYPED ? TYPED_CODE : URL_CODE;
  }
}
