package org.latchkey.pbx.http.internal.kamailio;

import java.io.IOException;
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
import org.latchkey.pbx.PbxConfiguration;
import org.latchkey.pbx.http.internal.PbxSite;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Kamailio's configuration, with its certificate for the PBX door. */
@Component(property = "pbx=kamailio")
public final class KamailioFiles implements PbxConfiguration {

  private static final List<String> TEXTS =
      List.of("kamailio.cfg", "latchkey-modules.cfg", "latchkey-routes.cfg", "latchkey-radius.cfg");
  private static final String CERTIFICATE_NAME = "Latchkey PBX kamailio";
  private static final String SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

  private final PbxSite site;
  private final Kamailio kamailio;
  private final SiteDestinations destinations;
  private final PbxDoor door;
  private final PublicAddress address;
  private final AuditLog audit;
  private final RpcWord word;
  private final Clock clock;

  /** The files for this site. */
  @Activate
  public KamailioFiles(
      @Reference PbxSite site,
      @Reference Kamailio kamailio,
      @Reference SiteDestinations destinations,
      @Reference PbxDoor door,
      @Reference PublicAddress address,
      @Reference AuditLog audit) {
    this(
        site,
        kamailio,
        destinations,
        door,
        address,
        audit,
        new RpcWord(Path.of(System.getProperty("karaf.base", "")), "kamailio"),
        Clock.systemUTC());
  }

  /** Without OSGi. */
  KamailioFiles(
      PbxSite site,
      Kamailio kamailio,
      SiteDestinations destinations,
      PbxDoor door,
      PublicAddress address,
      AuditLog audit,
      RpcWord word,
      Clock clock) {
    this.site = site;
    this.kamailio = kamailio;
    this.destinations = destinations;
    this.door = door;
    this.address = address;
    this.audit = audit;
    this.word = word;
    this.clock = clock;
  }

  @Override
  public String pbx() {
    return "kamailio";
  }

  @Override
  public Path usualPlace() {
    return Path.of("/etc/kamailio/latchkey");
  }

  @Override
  public Files make(Path place, String actor) {
    if (!place.isAbsolute() || !place.toString().matches("[A-Za-z0-9/._-]+")) {
      throw new RequestRefusedException(
          "Nothing was written: name an absolute path of letters, digits, dots and dashes as the"
              + " place on the PBX's machine.");
    }
    Template template =
        new Template(site, kamailio.settings(), destinations.read())
            .with("DIRECTORY", place.toString())
            .with("DOOR", door.address().toString().replaceAll("/+$", ""))
            .with("CA_FILE", address.caPem().isEmpty() ? SYSTEM_AUTHORITIES : place + "/ca.pem");
    audit.append(
        new AuditEntry(
            clock.instant(),
            actor,
            "pbx.configured",
            "",
            "",
            "",
            "",
            "Kamailio's configuration and a certificate for the PBX door were made"));
    ClientCertificate certificate =
        door.issue(CERTIFICATE_NAME)
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        "Nothing was written, since there is no authority that makes Kamailio's"
                            + " certificate: latchkey/tls/ca.pem and ca.key. Bring them back from"
                            + " a backup."));
    return new Files(files(template, certificate), notes(place, certificate));
  }

  private List<File> files(Template template, ClientCertificate certificate) {
    List<File> files = new ArrayList<>();
    files.add(new File("client.key", certificate.keyPem()));
    files.add(new File("client.pem", Secret.ofText(certificate.chainPem())));
    if (!address.caPem().isEmpty()) {
      files.add(new File("ca.pem", Secret.ofText(address.caPem())));
    }
    try (Secret secret = word.read()) {
      byte[] bytes = secret.copy();
      template.with("RPC_TOKEN", new String(bytes, StandardCharsets.US_ASCII));
      Arrays.fill(bytes, (byte) 0);
    } catch (IOException e) {
      throw new RequestRefusedException(
          "Nothing was written, since the password of Kamailio's RPC can't be read or made: %s."
              .formatted(e.getMessage()));
    }
    TEXTS.forEach(name -> files.add(new File(name, Secret.ofText(template.fill(name)))));
    return files;
  }

  private List<String> notes(Path place, ClientCertificate certificate) {
    return List.of(
        "Bring the directory to Kamailio's machine as %s, owned by Kamailio's user, and start Kamailio with %s, or include the two latchkey files in a configuration that you have: docs/kamailio.md."
            .formatted(place, place.resolve("kamailio.cfg")),
        "The certificate is good until %s. Make the configuration anew before, and whenever etc/org.latchkey.destinations.cfg or etc/org.latchkey.pbx.http*.cfg change; latchkey:status reminds you."
            .formatted(certificate.notAfter().atZone(ZoneOffset.UTC).toLocalDate()),
        "What Kamailio 5.6 can't do: offer MD5 and SHA-256 at once; take a nonce again after its"
            + " own restart (phones are asked anew).");
  }
}
