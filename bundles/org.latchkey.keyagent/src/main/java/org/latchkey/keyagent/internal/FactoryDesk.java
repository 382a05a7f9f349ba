package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.latchkey.key.FactoryTrust;
import org.latchkey.key.RequestRefusedException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Imports factory authorities, with evidence of it. */
@Component(immediate = true)
public final class FactoryDesk implements FactoryTrust {

  private final FactoryAuthorities authorities;
  private final Neighbours neighbours;
  private final Changes changes;

  /** The service. */
  @Activate
  public FactoryDesk(@Reference Agent agent) {
    this(agent.parts());
  }

  FactoryDesk(Parts parts) {
    authorities = parts.policies().authorities();
    neighbours = parts.neighbours();
    changes = new Changes(parts.custody(), parts.revocations(), parts.neighbours(), parts.clock());
  }

  @Override
  public List<Authority> authorities() {
    return authorities.all().stream().map(FactoryAuthority::shown).toList();
  }

  @Override
  public List<String> vendors() {
    return FactoryVendor.names(neighbours.profiles());
  }

  @Override
  public List<Authority> read(String vendor, byte[] pem) {
    return imported(vendor, pem, false).stream().map(FactoryAuthority::shown).toList();
  }

  @Override
  public synchronized List<Authority> trust(
      String vendor,
      byte[] pem,
      boolean acceptExpired,
      Collection<String> fingerprints,
      String actor) {
    List<FactoryAuthority> imported = imported(vendor, pem, acceptExpired);
    Set<String> found = prints(imported.stream().map(FactoryAuthority::sha256).toList());
    if (!found.equals(prints(fingerprints))) {
      throw new RequestRefusedException(
          "Nothing was trusted: the fingerprints of this file are others. Look at them without"
              + " --sha256, and compare them with what the vendor publishes.");
    }
    List<FactoryAuthority> all = new ArrayList<>(readable());
    all.removeIf(one -> one.vendor().equals(vendor) && found.contains(print(one.sha256())));
    all.addAll(imported);
    for (FactoryAuthority one : imported) {
      changes.evidence(
          actor,
          "factory-authority.trusted",
          "For %s: %s, SHA-256 %s%s"
              .formatted(
                  vendor,
                  one.shown().subject(),
                  one.sha256(),
                  acceptExpired ? ", expired certificates too" : ""));
    }
    keep(all);
    return imported.stream().map(FactoryAuthority::shown).toList();
  }

  @Override
  public synchronized Authority distrust(String fingerprint, String actor) {
    List<FactoryAuthority> all = new ArrayList<>(readable());
    FactoryAuthority gone =
        all.stream()
            .filter(one -> print(one.sha256()).equals(print(fingerprint)))
            .findFirst()
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        "No factory authority has this fingerprint; latchkey:factory-trust --list"
                            + " shows those that are trusted."));
    all.removeIf(one -> one.sha256().equals(gone.sha256()));
    changes.evidence(
        actor,
        "factory-authority.removed",
        "For %s: %s, SHA-256 %s".formatted(gone.vendor(), gone.shown().subject(), gone.sha256()));
    keep(all);
    return gone.shown();
  }

  private List<FactoryAuthority> imported(String vendor, byte[] pem, boolean acceptExpired) {
    if (!vendors().contains(vendor)) {
      throw new RequestRefusedException(
          "There is no vendor '%s'; there are %s.".formatted(vendor, String.join(", ", vendors())));
    }
    List<X509Certificate> certificates;
    try {
      certificates =
          FactoryAuthority.certificates(new String(pem, StandardCharsets.ISO_8859_1)).stream()
              .distinct()
              .toList();
    } catch (CertificateException e) {
      throw new RequestRefusedException(
          "Nothing was trusted: a certificate in the file can't be read (%s)."
              .formatted(e.getMessage()));
    }
    if (certificates.isEmpty()) {
      throw new RequestRefusedException(
          "Nothing was trusted: the file has no certificate in PEM, which begins with -----BEGIN"
              + " CERTIFICATE-----. openssl x509 -inform der -in FILE makes it of one in DER.");
    }
    for (X509Certificate one : certificates) {
      String fault = FactoryAuthority.fault(one);
      if (!fault.isEmpty()) {
        throw new RequestRefusedException(
            "Nothing was trusted: %s %s. Leave it out of the file."
                .formatted(one.getSubjectX500Principal().getName(), fault));
      }
    }
    return certificates.stream()
        .map(one -> new FactoryAuthority(vendor, acceptExpired, one))
        .toList();
  }

  /** What is trusted now; an unreadable file is nothing to write over. */
  private List<FactoryAuthority> readable() {
    authorities
        .fault()
        .ifPresent(
            fault -> {
              throw new RequestRefusedException(
                  fault + ". Put the file right, or remove it and import all of them again.");
            });
    return authorities.all();
  }

  private void keep(List<FactoryAuthority> all) {
    try {
      authorities.keep(all);
    } catch (IOException e) {
      throw new RequestRefusedException(
          "Nothing was changed, whatever the audit log says: latchkey/%s can't be written (%s)."
              .formatted(FactoryAuthorities.FILE, e.getMessage()));
    }
  }

  private static Set<String> prints(Collection<String> fingerprints) {
    return fingerprints.stream().map(FactoryDesk::print).collect(Collectors.toSet());
  }

  private static String print(String fingerprint) {
    return fingerprint.replaceAll("[\\s:]", "").toUpperCase(Locale.ROOT);
  }
}
