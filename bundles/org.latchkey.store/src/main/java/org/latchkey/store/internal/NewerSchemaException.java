package org.latchkey.store.internal;

/** The database was last used by a newer build, and this one would not understand it. */
final class NewerSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String found;
  private final String known;

  NewerSchemaException(String found, String known) {
    super("schema " + found + " is newer than " + known);
    this.found = found;
    this.known = known;
  }

  /** The newest schema version in the database. */
  String found() {
    return found;
  }

  /** The newest schema version of this build. */
  String known() {
    return known;
  }
}
