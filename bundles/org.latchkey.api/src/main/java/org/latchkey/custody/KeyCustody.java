package org.latchkey.custody;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.latchkey.key.Secret;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A place where master keys are kept, such as a keystore file or a hardware security module. A site
 * brings its own as a service of this type. Methods may block for some seconds, and may be called
 * from any thread; the key generating agent calls them one at a time.
 */
@ConsumerType
public interface KeyCustody {

  /** Its name in lower case, such as {@code keystore}; unique. */
  String name();

  /** What an administrator has to bring back when it is away, as the end of a sentence. */
  String place();

  /** Whether it waits for a passphrase. */
  boolean sealed();

  /**
   * Gives the passphrase, of which it keeps a copy while it runs.
   *
   * @throws IOException when that does not open it; it stays sealed
   */
  void unseal(Secret passphrase) throws IOException;

  /** Whether keys are or may be in it; false only when it can be seen that there are none. */
  boolean exists();

  /** Differs whenever keys may have changed, or it went away or came back. */
  String stamp();

  /**
   * The keys by generation, for the caller to close.
   *
   * @throws IOException when it can't be opened
   */
  Map<Integer, MasterKey> open() throws IOException;

  /**
   * Makes a key of 256 bit; it lasts when this returns.
   *
   * @throws IOException when that failed, or there is one of this generation
   */
  void create(int generation) throws IOException;

  /**
   * Takes over a key; it lasts when this returns.
   *
   * @param key 32 bytes, the caller's to close
   * @throws IOException as {@link #create}
   */
  void adopt(int generation, Secret key) throws IOException;

  /**
   * Wipes a key, for good; harmless when it is not there.
   *
   * @throws IOException when that failed
   */
  void remove(int generation) throws IOException;

  /**
   * The bytes of a key, for the caller to close; empty when they never leave, or it has none of
   * this generation.
   *
   * @throws IOException when it can't be opened
   */
  Optional<Secret> copy(int generation) throws IOException;
}
