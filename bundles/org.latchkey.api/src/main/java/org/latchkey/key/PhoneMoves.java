package org.latchkey.key;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Users who move: a stranger's phone at which a user dials an extension with its PIN becomes that
 * extension. A PBX that knows a short code for it asks here. Thread-safe.
 */
@ProviderType
public interface PhoneMoves {

  /** What became of it. */
  enum Outcome {
    /**
     * The phone becomes the extension: it is told to fetch its key, and what it has works until it
     * has registered with that.
     */
    MOVED,
    /**
     * Nothing was done, for one of many reasons: the PIN is wrong, over or tried too often, the
     * extension is unknown or held, the phone is none that waits for an extension, or nobody can
     * decide at present. A PBX tells them apart neither by what it answers nor by when.
     */
    REFUSED
  }

  /**
   * Has it decided whether a phone becomes an extension in the domain of its own AOR. Returns at
   * once; what was begun is carried out as a whole even when nobody waits for it any more.
   *
   * @param keyIdentifier the key that the phone proved
   * @param source the address where it dialled: the extension's key is served there alone
   * @param extension as dialled
   * @param pin as dialled, copied; it stays the caller's
   * @return told when it is decided, on any thread; never fails
   */
  CompletionStage<Outcome> move(
      String keyIdentifier, InetAddress source, String extension, Secret pin);
}
