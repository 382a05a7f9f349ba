package org.latchkey.backup.internal;

import java.util.List;
import org.latchkey.backup.BackupPart;

/** Where parts come from. */
interface PartSource {

  /** The name of the part without which there is nothing to restore. */
  String KEYS = "keys";

  /** All parts of this node, by name. */
  List<BackupPart> parts();

  /**
   * Has all of them take over what a restore has put ready.
   *
   * @return what did not work, a sentence each
   */
  List<String> restart();
}
