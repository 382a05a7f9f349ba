package org.latchkey.pbx.http.internal;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;
import org.latchkey.door.DoorRequest;
import org.latchkey.key.Aor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** What may be asked, and by whom. From memory, thread-safe. */
@Component(service = PbxSite.class, configurationPid = "org.latchkey.pbx.http")
@Designate(ocd = PbxHttpConfiguration.class)
public final class PbxSite {

  private static final String OURS = "Latchkey PBX ";

  private final String realm;
  private final List<String> domains;
  private final Set<String> certificateNames;
  private final Map<String, Instant> seen = new ConcurrentHashMap<>();
  private volatile @Nullable Holder lastHolder;

  /**
   * Who holds a certificate.
   *
   * @param certificate the certificate
   * @param name its common name
   * @param until when it ends
   */
  private record Holder(X509Certificate certificate, String name, Instant until) {}

  /** The site of the settings. */
  @Activate
  public PbxSite(PbxHttpConfiguration configuration) {
    this(
        configuration.realm().trim(),
        list(configuration.domains()),
        list(configuration.certificateNames()));
  }

  /**
   * Without OSGi.
   *
   * @throws IllegalArgumentException when there is no realm or domain, or one that SIP can't have
   */
  public PbxSite(String realm, List<String> domains, List<String> certificateNames) {
    if (!realm.matches("[!-~&&[^\"\\\\]]{1,128}")) {
      throw new IllegalArgumentException(
          "realm is empty, too long, or holds a space, a quotation mark or a backslash");
    }
    if (domains.isEmpty()) {
      throw new IllegalArgumentException("domains names no domain; name at least one");
    }
    this.realm = realm;
    this.domains = domains.stream().map(domain -> new Aor("check", domain).domain()).toList();
    this.certificateNames = Set.copyOf(certificateNames);
  }

  /** The realm that is answered for. */
  public String realm() {
    return realm;
  }

  /** The domains that are answered for, in lower case. */
  public List<String> domains() {
    return domains;
  }

  /**
   * Whether the peer of a request may ask what an adapter is asked: it has a certificate of a name
   * that may, or no certificate and a bearer token that the door has verified. The certificates
   * that we make are good for the PBX they were made for only; those of the administrator's own
   * authority for all.
   *
   * @param adapter whose questions these are, as in the name of the certificate that we make for it
   */
  public boolean admits(DoorRequest request, String adapter) {
    return request.clientCertificates().isEmpty()
        ? !request.tokenName().isEmpty()
        : admits(request.clientCertificates(), adapter);
  }

  /**
   * Whether a peer with these certificates, leaf first, may ask what an adapter is asked. As for a
   * request, but that there are no tokens.
   */
  public boolean admits(List<X509Certificate> chain, String adapter) {
    if (chain.isEmpty()) {
      return false;
    }
    Holder asking = holder(chain.get(0));
    String name = asking.name();
    boolean admitted =
        certificateNames.contains(name) && (!name.startsWith(OURS) || name.equals(OURS + adapter));
    if (admitted) {
      seen.put(asking.name(), asking.until());
    }
    return admitted;
  }

  /** Whether a certificate of this common name may ask. */
  public boolean admitsName(String commonName) {
    return certificateNames.contains(commonName);
  }

  /** When each certificate ends that was shown since the start, by its common name. */
  public Map<String, Instant> certificatesSeen() {
    return Map.copyOf(seen);
  }

  /** The values of a list: a settings file gives them as one, with commas. */
  public static List<String> list(String[] values) {
    return Arrays.stream(values)
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::trim)
        .filter(value -> !value.isEmpty())
        .collect(Collectors.toUnmodifiableList());
  }

  /** Who shows a certificate: mostly the one who did last, since names are slow to read. */
  private Holder holder(X509Certificate certificate) {
    Holder last = lastHolder;
    if (last != null && last.certificate().equals(certificate)) {
      return last;
    }
    Holder holder =
        new Holder(certificate, commonName(certificate), certificate.getNotAfter().toInstant());
    lastHolder = holder;
    return holder;
  }

  private static String commonName(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(rdn -> rdn.getType().toUpperCase(Locale.ROOT).equals("CN"))
              .map(rdn -> String.valueOf(rdn.getValue()))
              .findFirst()
              .orElse("");
    } catch (InvalidNameException e) {
      return "";
    }
  }
}
