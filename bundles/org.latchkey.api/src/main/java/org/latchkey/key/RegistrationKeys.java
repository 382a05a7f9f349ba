package org.latchkey.key;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a node needs to check digests: subkeys by generation, and which key identifiers are revoked.
 *
 * <p>Offered by the key generating agent, or on a registrar node by whoever holds what the agent
 * exported. All methods answer from memory, never block, and may be called from any thread.
 */
@ProviderType
public interface RegistrationKeys {

  /**
   * Why nothing can be checked at present, in words for an administrator, or empty when all is
   * well. While this has a value every other answer is worthless.
   */
  Optional<String> unavailable();

  /** The realm that keys are issued for when a caller names none. */
  String defaultRealm();

  /** Whether keys are issued for this realm and domain; nothing else is ever derived for. */
  boolean serves(String realm, String domain);

  /**
   * A number that changes whenever a subkey obtained earlier may have become invalid; whoever keeps
   * subkeys wipes and forgets them then.
   */
  long revision();

  /**
   * The subkey of a generation that verifies (issuing or verify-only).
   *
   * @return 32 bytes that the caller owns and wipes; empty when the generation does not verify or
   *     realm and domain are not served
   */
  Optional<byte[]> subkey(int generation, KeyPurpose purpose, String realm, String domain);

  /** Whether this key identifier was revoked. */
  boolean revoked(String keyIdentifier);

  /**
   * Whether a key that was proved once would still be taken: it is not revoked, and its generation
   * verifies. For who keeps what was proved, such as registrations; a digest is never good for this
   * alone.
   */
  default boolean authenticates(String keyIdentifier) {
    return !revoked(keyIdentifier);
  }
}
