package org.latchkey.store.internal;

import java.io.IOException;

/** A setting that names no database. */
final class MistakenSettingException extends IOException {

  private static final long serialVersionUID = 1L;

  MistakenSettingException(String sentence) {
    super(sentence);
  }
}
