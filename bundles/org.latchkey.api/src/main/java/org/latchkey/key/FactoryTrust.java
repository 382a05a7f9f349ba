package org.latchkey.key;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The authorities of phone factories that administrators have imported, each for one vendor. What
 * their certificates prove is that a phone is that vendor's phone of that MAC address: never that
 * it is one of ours.
 *
 * <p>Changes are on disk and in the audit log when a method returns. {@link
 * RequestRefusedException}, with a sentence that says what to do next, when a request can't be
 * carried out.
 */
@ProviderType
public interface FactoryTrust {

  /** All that are trusted, by vendor. */
  List<Authority> authorities();

  /** The vendors for which one can be imported. */
  List<String> vendors();

  /**
   * What a file of authorities holds. Nothing is kept.
   *
   * @param vendor one of {@link #vendors()}
   * @param pem certificates in PEM (RFC 7468)
   * @throws RequestRefusedException also when one of them is no authority, or too weak
   */
  List<Authority> read(String vendor, byte[] pem);

  /**
   * Trusts the authorities of a file for one vendor.
   *
   * @param acceptExpired whether certificates of theirs that have expired are taken, too
   * @param fingerprints the SHA-256 of each of them, as they were compared with what the vendor
   *     publishes
   * @param actor who asked
   * @throws RequestRefusedException also when the fingerprints are not those of the file
   */
  List<Authority> trust(
      String vendor,
      byte[] pem,
      boolean acceptExpired,
      Collection<String> fingerprints,
      String actor);

  /** Ends the trust in the one authority of this SHA-256 fingerprint. */
  Authority distrust(String fingerprint, String actor);

  /**
   * An authority.
   *
   * @param vendor whose phones it vouches for
   * @param subject its name (RFC 2253)
   * @param sha256 the fingerprint of its certificate, upper-case hexadecimal with colons
   * @param notAfter when it ends
   * @param acceptExpired whether expired certificates of its are taken
   */
  record Authority(
      String vendor, String subject, String sha256, Instant notAfter, boolean acceptExpired) {}
}
