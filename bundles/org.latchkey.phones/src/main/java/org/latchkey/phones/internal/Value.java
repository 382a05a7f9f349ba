package org.latchkey.phones.internal;

import org.latchkey.key.Secret;

/** What a variable stands for in one file. */
@FunctionalInterface
interface Value {

  /** Writes it. */
  void to(Field field);

  /** Text without a secret in it. */
  record Text(String text) implements Value {
    @Override
    public void to(Field field) {
      field.text(text);
    }
  }

  /** Text. */
  static Value text(Object text) {
    return new Text(text.toString());
  }

  /** A secret, the caller's; it is open while the file is written. */
  static Value secret(Secret secret) {
    return field -> field.secret(secret);
  }
}
