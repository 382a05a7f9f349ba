package org.latchkey.pbx.http.internal.freeswitch;

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
import org.latchkey.pbx.http.internal.kamailio.SiteDestinations;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** FreeSWITCH's configuration, with its certificate for the PBX door. */
@Component
public final class FreeSwitchFiles implements PbxConfiguration {

  private static final List<String> TEXTS =
      List.of(
          "away.lua",
          "dialplan.xml",
          "latchkey-admission.xml",
          "lua.xml",
          "profile.xml",
          "vars.xml",
          "xml_curl.conf.xml",
          "event_socket.conf.xml");
  private static final String CERTIFICATE_NAME = "Latchkey PBX freeswitch";
  private static final String SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

  private final PbxSite site;
  private final FreeSwitch freeSwitch;
  private final SiteDestinations destinations;
  private final PbxDoor door;
  private final PublicAddress address;
  private final AuditLog audit;
  private final EventSocketPassword password;
  private final Clock clock;

  /** The files for this site. */
  @Activate
  public FreeSwitchFiles(
      @Reference PbxSite site,
      @Reference FreeSwitch freeSwitch,
      @Reference SiteDestinations destinations,
      @Reference PbxDoor door,
      @Reference PublicAddress address,
      @Reference AuditLog audit) {
    this(
        site,
        freeSwitch,
        destinations,
        door,
        address,
        audit,
        new EventSocketPassword(Path.of(System.getProperty("karaf.base", ""))),
        Clock.systemUTC());
  }

  /** Without OSGi. */
  FreeSwitchFiles(
      PbxSite site,
      FreeSwitch freeSwitch,
      SiteDestinations destinations,
      PbxDoor door,
      PublicAddress address,
      AuditLog audit,
      EventSocketPassword password,
      Clock clock) {
    this.site = site;
    this.freeSwitch = freeSwitch;
    this.destinations = destinations;
    this.door = door;
    this.address = address;
    this.audit = audit;
    this.password = password;
    this.clock = clock;
  }

  @Override
  public String pbx() {
    return "freeswitch";
  }

  @Override
  public Path usualPlace() {
    return Path.of("/etc/freeswitch/latchkey");
  }

  @Override
  public Files make(Path place, String actor) {
    if (!place.isAbsolute() || !place.toString().matches("[A-Za-z0-9/._-]+")) {
      throw new RequestRefusedException(
          "Nothing was written: name an absolute path of letters, digits, dots and dashes as the"
              + " place on the PBX's machine.");
    }
    if (!site.admitsName(CERTIFICATE_NAME)) {
      throw new RequestRefusedException(
          "Nothing was written: add '%s' to certificateNames in etc/org.latchkey.pbx.http.cfg, so that FreeSWITCH may ask."
              .formatted(CERTIFICATE_NAME));
    }
    ConfigurationTexts texts =
        new ConfigurationTexts(site, freeSwitch.settings(), destinations.read())
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
            "FreeSWITCH's configuration and a certificate for the PBX door were made"));
    ClientCertificate certificate =
        door.issue(CERTIFICATE_NAME)
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        "Nothing was written, since there is no authority that makes FreeSWITCH's"
                            + " certificate: latchkey/tls/ca.pem and ca.key. Bring them back from"
                            + " a backup."));
    return new Files(files(texts, certificate), notes(place, certificate));
  }

  private List<File> files(ConfigurationTexts texts, ClientCertificate certificate) {
    List<File> files = new ArrayList<>();
    files.add(new File("client.key", certificate.keyPem()));
    files.add(new File("client.pem", Secret.ofText(certificate.chainPem())));
    if (!address.caPem().isEmpty()) {
      files.add(new File("ca.pem", Secret.ofText(address.caPem())));
    }
    try (Secret secret = password.readOrMake()) {
      byte[] bytes = secret.copy();
      texts.with("PASSWORD", new String(bytes, StandardCharsets.US_ASCII));
      Arrays.fill(bytes, (byte) 0);
    } catch (IOException e) {
      throw new RequestRefusedException(
          "Nothing was written, since the password of FreeSWITCH's event socket can't be read or made: %s."
              .formatted(e.getMessage()));
    }
    TEXTS.forEach(name -> files.add(new File(name, Secret.ofText(texts.fill(name)))));
    return files;
  }

  private static List<String> notes(Path place, ClientCertificate certificate) {
    return List.of(
        "Bring the directory to FreeSWITCH's machine as %s, owned by FreeSWITCH's user, and follow docs/freeswitch.md: three files are copied, four lines are added."
            .formatted(place),
        "The certificate is good until %s. Make the configuration anew before, and whenever etc/org.latchkey.destinations.cfg or etc/org.latchkey.pbx.http*.cfg change; latchkey:status reminds you."
            .formatted(certificate.notAfter().atZone(ZoneOffset.UTC).toLocalDate()),
        "What FreeSWITCH can't do: answer a REGISTER with 503 while Latchkey is away (it is 403), or a call with Retry-After; offer two digest algorithms at once; take urn:service:sos. For a phone that sends credentials with its first INVITE, unasked, an emergency number rings while Latchkey is away by mod_lua, which has to be loaded after mod_xml_curl, and from unprovedNetworks alone.");
  }
}
