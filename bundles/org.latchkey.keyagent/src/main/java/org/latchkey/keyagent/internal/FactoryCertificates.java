package org.latchkey.keyagent.internal;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.key.DenialReason;
import org.latchkey.key.KeyRequest;

/**
 * Judges the certificate that a phone presented: its path (RFC 5280 §6.1) to an authority that was
 * imported for this phone's vendor, and the device that it names. Nothing that the Java platform or
 * the doors trust counts. The handshake has shown that the phone has the private key.
 */
final class FactoryCertificates {

  private static final int LONGEST_PATH = 5;
  private static final Pattern MAC_IN_TEXT =
      Pattern.compile(
          "(?<![0-9A-Za-z])\\p{XDigit}{2}(?:([:-]?)\\p{XDigit}{2})(?:\\1\\p{XDigit}{2}){4}(?![0-9A-Za-z])");

  private final FactoryAuthorities authorities;
  private final Clock clock;

  FactoryCertificates(FactoryAuthorities authorities, Clock clock) {
    this.authorities = authorities;
    this.clock = clock;
  }

  /**
   * What a certificate proves.
   *
   * @param shown whether there was one
   * @param fault why it does not prove that this is the device; empty when it does, or none was
   *     shown
   */
  record Verdict(boolean shown, Optional<DenialReason> fault) {
    /** Whether it proves that this is the device. */
    boolean proves() {
      return shown && fault.isEmpty();
    }
  }

  /**
   * The verdict on the certificate of a request.
   *
   * @param device the MAC address that the request names, canonical
   */
  Verdict on(KeyRequest request, String device) {
    List<X509Certificate> chain = request.clientCertificates();
    return chain.isEmpty()
        ? new Verdict(false, Optional.empty())
        : new Verdict(true, fault(chain, request, device));
  }

  private Optional<DenialReason> fault(
      List<X509Certificate> chain, KeyRequest request, String device) {
    FactoryVendor vendor = FactoryVendor.ofProfile(request.profile());
    List<FactoryAuthority> trusted =
        authorities.all().stream().filter(one -> one.vendor().equals(vendor.name())).toList();
    Optional<DenialReason> untrusted = untrusted(chain, trusted);
    if (untrusted.isPresent()) {
      return untrusted;
    }
    Optional<String> named = FactorySubject.of(chain.get(0)).device(vendor);
    if (named.isEmpty()) {
      return Optional.of(DenialReason.NAMELESS_CERTIFICATE);
    }
    boolean same = named.get().equals(device) && fits(request.userAgent(), device);
    return same ? Optional.empty() : Optional.of(DenialReason.OTHER_CERTIFICATE);
  }

  private Optional<DenialReason> untrusted(
      List<X509Certificate> chain, List<FactoryAuthority> trusted) {
    X509Certificate leaf = chain.get(0);
    if (leaf.getBasicConstraints() >= 0) {
      return Optional.of(DenialReason.UNKNOWN_CERTIFICATE);
    }
    Instant now = clock.instant();
    DenialReason reason = DenialReason.UNKNOWN_CERTIFICATE;
    for (FactoryAuthority authority : trusted) {
      List<X509Certificate> path = path(chain, authority.certificate());
      if (isValid(path, authority, now)) {
        return Optional.empty();
      }
      Instant before = beforeTheEnd(path, authority, now);
      if (before.isBefore(now) && isValid(path, authority, before)) {
        if (authority.acceptExpired()) {
          return Optional.empty();
        }
        reason = DenialReason.EXPIRED_CERTIFICATE;
      }
    }
    return Optional.of(reason);
  }

  /**
   * The certificates from the leaf up to one that the authority has signed by its name; empty when
   * they lead elsewhere. Each is looked at once: phones send them in any order, others make mazes.
   */
  private static List<X509Certificate> path(
      List<X509Certificate> chain, X509Certificate authority) {
    List<X509Certificate> path = new ArrayList<>(List.of(chain.get(0)));
    while (path.size() <= LONGEST_PATH) {
      X509Certificate last = path.get(path.size() - 1);
      if (last.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
        return path;
      }
      Optional<X509Certificate> next =
          chain.stream()
              .filter(one -> one.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
              .filter(one -> !path.contains(one))
              .findFirst();
      if (next.isEmpty()) {
        return List.of();
      }
      path.add(next.get());
    }
    return List.of();
  }

  private static boolean isValid(
      List<X509Certificate> path, FactoryAuthority authority, Instant at) {
    if (path.isEmpty()
        || at.isBefore(authority.certificate().getNotBefore().toInstant())
        || at.isAfter(authority.certificate().getNotAfter().toInstant())) {
      return false;
    }
    try {
      PKIXParameters parameters =
          new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The last second in which nothing of a path had expired. */
  private static Instant beforeTheEnd(
      List<X509Certificate> path, FactoryAuthority authority, Instant now) {
    Instant end = authority.certificate().getNotAfter().toInstant();
    for (X509Certificate one : path) {
      Instant notAfter = one.getNotAfter().toInstant();
      end = notAfter.isBefore(end) ? notAfter : end;
    }
    return end.isBefore(now) ? end : now;
  }

  /** Whether a User-Agent names this device, or none at all. */
  private static boolean fits(String userAgent, String device) {
    Set<String> named = new HashSet<>();
    Matcher mac = MAC_IN_TEXT.matcher(userAgent);
    while (mac.find()) {
      DeviceIdentifier.canonical(mac.group()).ifPresent(named::add);
    }
    return named.isEmpty() || named.contains(device);
  }
}
