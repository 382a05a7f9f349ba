package org.latchkey.https.internal.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The names a certificate vouches for: its subjectAltName entries (RFC 6125 §6.4). */
final class CertificateNames {

  private static final int DNS = 2;
  private static final int ADDRESS = 7;

  private CertificateNames() {}

  /** Host names and addresses, in lower case. */
  static Set<String> of(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream()
              .filter(name -> name.get(0).equals(DNS) || name.get(0).equals(ADDRESS))
              .map(name -> canonical(String.valueOf(name.get(1))))
              .collect(Collectors.toSet());
    } catch (CertificateParsingException e) {
      return Set.of();
    }
  }

  /** Whether a peer that asks for {@code name} is content: exact, or one label for a star. */
  static boolean cover(X509Certificate certificate, String name) {
    Set<String> names = of(certificate);
    int dot = name.indexOf('.');
    return names.contains(name)
        || (dot > 0 && !SiteNames.isAddress(name) && names.contains("*" + name.substring(dot)));
  }

  private static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("0:0:0:0:0:0:0:1") ? "::1" : lower;
  }
}
