package org.latchkey.registrar.internal;

import org.latchkey.files.OwnerFile;

/** Whether an administrator has brought another file: only when it is no longer being written. */
final class Incoming {

  private final OwnerFile file;
  private String seen = "";
  private String judged = "";

  Incoming(OwnerFile file) {
    this.file = file;
  }

  /** Whether there is one that was as it is at the look before, too, and was not judged yet. */
  boolean isNew() {
    String stamp = file.stamp();
    boolean settled = !stamp.isEmpty() && stamp.equals(seen);
    seen = stamp;
    return settled && !stamp.equals(judged);
  }

  /** Whether there was none at the last look. */
  boolean isGone() {
    return seen.isEmpty();
  }

  /** The one of the last look was judged. */
  void judged() {
    judged = seen;
  }

  /** It is to be judged again. */
  void forget() {
    judged = "";
  }
}
