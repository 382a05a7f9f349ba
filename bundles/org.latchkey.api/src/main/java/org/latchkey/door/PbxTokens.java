package org.latchkey.door;

import java.time.Instant;
import java.util.List;
import org.latchkey.key.Secret;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Bearer tokens (RFC 6750), for PBXs that can't show a client certificate. There are none until
 * somebody makes one; as long as there are none, the PBX door demands a certificate in the
 * handshake. Thread-safe.
 */
@ProviderType
public interface PbxTokens {

  /**
   * Makes a token. It is kept as a hash alone, so this is the one time that it can be seen. The
   * evidence is written first.
   *
   * @param name who will show it: 1 to 64 letters, digits, spaces, full stops, hyphens, underscores
   * @return 52 characters, 256 bits, for the receiver to close
   * @throws org.latchkey.key.RequestRefusedException with a sentence that says what to do next; no
   *     token was made then
   */
  Secret make(String name, String actor);

  /**
   * Ends a token: the next request that shows it is refused, on connections that are open, too.
   *
   * @throws org.latchkey.key.RequestRefusedException when there is none of this name, or it can't
   *     be ended
   */
  void revoke(String name, String actor);

  /** Those that are good, by name. From memory. */
  List<Token> tokens();

  /**
   * A token, without its characters.
   *
   * @param name who shows it
   * @param madeAt when
   */
  record Token(String name, Instant madeAt) {}
}
