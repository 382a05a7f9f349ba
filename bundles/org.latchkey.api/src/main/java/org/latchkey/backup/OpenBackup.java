package org.latchkey.backup;

import java.time.Instant;
import java.util.List;
import org.latchkey.key.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** A backup that takes its shares one by one, and is restored then. For one thread at a time. */
@ProviderType
public interface OpenBackup extends AutoCloseable {

  /** Its name. */
  String name();

  /** When it was made. */
  Instant takenAt();

  /** How many shares there are. */
  int shares();

  /** How many of them restore it. */
  int threshold();

  /** How many are still needed. */
  int needed();

  /**
   * Takes a share.
   *
   * @param text as it was printed, in ASCII; the caller's to close. Spaces, dashes and case do not
   *     matter
   * @return its number
   * @throws org.latchkey.key.RequestRefusedException naming the share, when it is damaged, altered,
   *     of another backup, or was given before; those given before stay
   */
  int give(Secret text);

  /**
   * Finds out whether it could be restored here, and changes nothing.
   *
   * @param actor who asks
   * @return what an administrator should know, a sentence each
   * @throws org.latchkey.key.RequestRefusedException when it could not be
   */
  List<String> rehearse(String actor);

  /**
   * Restores it: the bundles concerned are started anew. The first thing that the key agent does
   * then is to say so in the audit log.
   *
   * @param discard whether what is on this node may be replaced
   * @param actor who asks
   * @return what an administrator should know, a sentence each
   * @throws org.latchkey.key.RequestRefusedException when nothing was changed
   */
  List<String> restore(boolean discard, String actor);

  /** Wipes the shares. */
  @Override
  void close();
}
