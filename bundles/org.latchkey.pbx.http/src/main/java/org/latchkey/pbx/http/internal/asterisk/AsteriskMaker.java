package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.door.PbxDoor;
import org.latchkey.door.PbxDoor.ClientCertificate;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.pbx.PbxConfiguration.File;
import org.latchkey.pbx.PbxConfiguration.Files;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.RpcWord;
import org.latchkey.pbx.http.internal.kamailio.SiteDestinations;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes Asterisk's configuration, with its certificate for the PBX door. */
@Component(service = AsteriskMaker.class)
public final class AsteriskMaker {

  private static final List<String> TEXTS =
      List.of(
          "extensions.conf",
          "haproxy.cfg",
          "latchkey-haproxy.service",
          "manager.conf",
          "modules.conf",
          "res_curl.conf",
          "sorcery.conf");
  private static final List<String> BY_VERSION =
      List.of("extconfig.conf", "pjsip.conf", "pjsip-global.conf");
  private static final String CERTIFICATE_NAME = "Latchkey PBX asterisk";
  private static final String SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

  private final PbxSite site;
  private final Asterisk asterisk;
  private final SiteDestinations destinations;
  private final PbxDoor door;
  private final PublicAddress address;
  private final AuditLog audit;
  private final Path base;
  private final Clock clock;

  /** For this site. */
  @Activate
  public AsteriskMaker(
      @Reference PbxSite site,
      @Reference Asterisk asterisk,
      @Reference SiteDestinations destinations,
      @Reference PbxDoor door,
      @Reference PublicAddress address,
      @Reference AuditLog audit) {
    this(
        site,
        asterisk,
        destinations,
        door,
        address,
        audit,
        Path.of(System.getProperty("karaf.base", "")),
        Clock.systemUTC());
  }

  /** Without OSGi. */
  AsteriskMaker(
      PbxSite site,
      Asterisk asterisk,
      SiteDestinations destinations,
      PbxDoor door,
      PublicAddress address,
      AuditLog audit,
      Path base,
      Clock clock) {
    this.site = site;
    this.asterisk = asterisk;
    this.destinations = destinations;
    this.door = door;
    this.address = address;
    this.audit = audit;
    this.base = base;
    this.clock = clock;
  }

  /** The files for an Asterisk, with what its administrator should do first. */
  Files make(Path place, String actor, String first) {
    if (!place.isAbsolute() || !place.toString().matches("[A-Za-z0-9/._-]+")) {
      throw new RequestRefusedException(
          "Nothing was written: name an absolute path of letters, digits, dots and dashes as the"
              + " place on the PBX's machine.");
    }
    AsteriskTemplate template = template(place);
    audit.append(
        new AuditEntry(
            clock.instant(),
            actor,
            "pbx.configured",
            "",
            "",
            "",
            "",
            "Asterisk's configuration and a certificate for the PBX door were made"));
    ClientCertificate certificate =
        door.issue(CERTIFICATE_NAME)
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        "Nothing was written, since there is no authority that makes Asterisk's"
                            + " certificate: latchkey/tls/ca.pem and ca.key. Bring them back from"
                            + " a backup."));
    return new Files(files(template, certificate), notes(first, certificate));
  }

  private AsteriskTemplate template(Path place) {
    URI to = door.address();
    try {
      String word = word(AsteriskResource.word(base));
      String path = "/asterisk/" + word;
      return new AsteriskTemplate(site, asterisk.settings(), destinations.read())
          .with("DIRECTORY", place.toString())
          .with("DOOR_ADDRESS", to.getHost() + ":" + to.getPort())
          .with("DOOR_HOST", to.getHost())
          .with("DOOR_NAME", doorName(to.getHost()))
          .with("CA_FILE", address.caPem().isEmpty() ? SYSTEM_AUTHORITIES : place + "/ca.pem")
          .with("MANAGER_SECRET", word(managerWord(base)))
          .with("WORD", word)
          .with("PATH", path)
          .with("DOOR", "http://" + asterisk.settings().proxyAddress() + path);
    } catch (IOException e) {
      throw new RequestRefusedException(
          "Nothing was written, since a word that Asterisk needs can't be read or made: %s."
              .formatted(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new RequestRefusedException(
          "Nothing was written, since etc/org.latchkey.destinations.cfg can't be used: %s."
              .formatted(e.getMessage()));
    }
  }

  /** The password of Asterisk's manager interface. */
  static RpcWord managerWord(Path base) {
    return new RpcWord(base, "asterisk");
  }

  /**
   * The name that haproxy looks for in the door's certificate. It knows no addresses there; the
   * certificates of our own authority name {@code localhost} beside them.
   */
  private String doorName(String host) {
    if (!host.matches("[0-9.]+") && !host.startsWith("[")) {
      return host;
    }
    if (address.caPem().isEmpty()) {
      throw new RequestRefusedException(
          "Nothing was written, since haproxy compares a certificate with names, not with"
              + " addresses: set publicName in etc/org.latchkey.https.cfg to a name that your"
              + " certificate has.");
    }
    return "localhost";
  }

  private static String word(RpcWord word) throws IOException {
    try (Secret secret = word.read()) {
      byte[] bytes = secret.copy();
      String text = new String(bytes, StandardCharsets.US_ASCII);
      Arrays.fill(bytes, (byte) 0);
      return text;
    }
  }

  private List<File> files(AsteriskTemplate template, ClientCertificate certificate) {
    List<File> files = new ArrayList<>();
    files.add(new File("client.pem", chainAndKey(certificate)));
    if (!address.caPem().isEmpty()) {
      files.add(new File("ca.pem", Secret.ofText(address.caPem())));
    }
    for (String name : TEXTS) {
      files.add(new File(name, Secret.ofText(template.fill(name))));
    }
    for (String version : List.of("16", "22")) {
      template.version(version);
      for (String name : BY_VERSION) {
        files.add(
            new File(
                name.replace(".conf", "-" + version + ".conf"),
                Secret.ofText(template.fill(name))));
      }
    }
    return files;
  }

  /** In one file, as every haproxy takes them. */
  private static Secret chainAndKey(ClientCertificate certificate) {
    byte[] chain = certificate.chainPem().getBytes(StandardCharsets.US_ASCII);
    try (Secret pem = certificate.keyPem()) {
      byte[] key = pem.copy();
      byte[] both = Arrays.copyOf(chain, chain.length + key.length);
      System.arraycopy(key, 0, both, chain.length, key.length);
      try {
        return Secret.copyOf(both);
      } finally {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(both, (byte) 0);
      }
    }
  }

  private static List<String> notes(String first, ClientCertificate certificate) {
    return List.of(
        first,
        "The certificate is good until %s. Make the configuration anew before, and whenever etc/org.latchkey.destinations.cfg or etc/org.latchkey.pbx.http*.cfg change; latchkey:status reminds you."
            .formatted(certificate.notAfter().atZone(ZoneOffset.UTC).toLocalDate()),
        "What Asterisk can't do: answer 503 to a REGISTER while Latchkey is away (it says 401); refuse a replay within the 32 seconds of its nonces, so use TLS; show your reason phrase in a 403; take urn:service:sos; keep a caller who dials a permitted number from picking up a call by Replaces; ring phones with keys from DAHDI or IAX. A phone that dials 112 from another address than it registered from is sent to prove.112, where it proves its key; on Asterisk 16 one that keeps its To on the way hears busy: put the networks of such phones into unprovedNetworks. Asterisk 16 knows MD5 only.");
  }
}
