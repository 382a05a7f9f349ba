package org.latchkey.key;

import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of an issued key: never its secret.
 *
 * @param keyIdentifier the public name
 * @param generation the generation of the enterprise master key, 0 to 1023
 * @param aor the one address of record the key opens
 * @param realm the realm it was issued for
 * @param device the canonical device identifier; empty when the key identifier is random
 * @param line the device's line, 1 to 255
 * @param least the least digest algorithm that is accepted
 * @param profile the profile that fetched it
 * @param displayName what people call the line
 * @param enrolment the enrolment that permitted it
 * @param issueCounter how many keys this device, line and AOR had before, from 0
 * @param issuedAt when
 * @param registeredAt when it first registered
 * @param revocation when and why it stopped authenticating
 * @param replacedBy the key of a later generation that its phone has fetched since
 */
public record KeyRecord(
    String keyIdentifier,
    int generation,
    Aor aor,
    String realm,
    Optional<String> device,
    int line,
    DigestAlgorithm least,
    String profile,
    Optional<String> displayName,
    String enrolment,
    int issueCounter,
    Instant issuedAt,
    Optional<Instant> registeredAt,
    Optional<Revocation> revocation,
    Optional<String> replacedBy) {

  /** A key that nothing has replaced. */
  public KeyRecord(
      String keyIdentifier,
      int generation,
      Aor aor,
      String realm,
      Optional<String> device,
      int line,
      DigestAlgorithm least,
      String profile,
      Optional<String> displayName,
      String enrolment,
      int issueCounter,
      Instant issuedAt,
      Optional<Instant> registeredAt,
      Optional<Revocation> revocation) {
    this(
        keyIdentifier,
        generation,
        aor,
        realm,
        device,
        line,
        least,
        profile,
        displayName,
        enrolment,
        issueCounter,
        issuedAt,
        registeredAt,
        revocation,
        Optional.empty());
  }

  /**
   * The end of a key.
   *
   * @param at when
   * @param by who did it
   * @param reason why, in the administrator's words
   * @param successor the enrolment whose key the old provisioning login may fetch instead
   */
  public record Revocation(Instant at, String by, String reason, Optional<String> successor) {}

  /** This record, registered first at {@code at}. */
  public KeyRecord registered(Instant at) {
    return new KeyRecord(
        keyIdentifier,
        generation,
        aor,
        realm,
        device,
        line,
        least,
        profile,
        displayName,
        enrolment,
        issueCounter,
        issuedAt,
        Optional.of(at),
        revocation,
        replacedBy);
  }

  /** This record, revoked. */
  public KeyRecord revoked(Revocation end) {
    return new KeyRecord(
        keyIdentifier,
        generation,
        aor,
        realm,
        device,
        line,
        least,
        profile,
        displayName,
        enrolment,
        issueCounter,
        issuedAt,
        registeredAt,
        Optional.of(end),
        replacedBy);
  }
}
