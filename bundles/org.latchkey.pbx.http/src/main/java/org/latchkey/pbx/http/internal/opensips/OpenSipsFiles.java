package org.latchkey.pbx.http.internal.opensips;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.latchkey.audit.AuditLog;
import org.latchkey.door.PbxDoor;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.pbx.PbxConfiguration;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.RpcWord;
import org.latchkey.pbx.http.internal.kamailio.SiteDestinations;
import org.latchkey.pbx.http.internal.proxy.ProxyMaker;
import org.latchkey.pbx.http.internal.proxy.Template;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** OpenSIPS' configuration, with its certificate for the PBX door. */
@Component
public final class OpenSipsFiles implements PbxConfiguration {

  private static final List<String> TEXTS =
      List.of("opensips.cfg", "latchkey-modules.cfg", "latchkey-routes.cfg");
  private static final String SYSTEM_AUTHORITIES = "/etc/ssl/certs";

  private final PbxSite site;
  private final OpenSips openSips;
  private final SiteDestinations destinations;
  private final ProxyMaker maker;

  /** The files for this site. */
  @Activate
  public OpenSipsFiles(
      @Reference PbxSite site,
      @Reference OpenSips openSips,
      @Reference SiteDestinations destinations,
      @Reference PbxDoor door,
      @Reference PublicAddress address,
      @Reference AuditLog audit) {
    this(
        site,
        openSips,
        destinations,
        new ProxyMaker(
            OpenSips.KIND,
            site,
            door,
            address,
            audit,
            new RpcWord(Path.of(System.getProperty("karaf.base", "")), "opensips"),
            Clock.systemUTC()));
  }

  /** Without OSGi. */
  OpenSipsFiles(PbxSite site, OpenSips openSips, SiteDestinations destinations, ProxyMaker maker) {
    this.site = site;
    this.openSips = openSips;
    this.destinations = destinations;
    this.maker = maker;
  }

  @Override
  public String pbx() {
    return "opensips";
  }

  @Override
  public Path usualPlace() {
    return Path.of("/etc/opensips/latchkey");
  }

  @Override
  public Files make(Path place, String actor) {
    ProxyMaker.check(place);
    if (site.realm().indexOf('$') >= 0) {
      throw new RequestRefusedException(
          "Nothing was written: OpenSIPS reads a dollar sign in a realm as the name of a variable."
              + " Take a realm without one in etc/org.latchkey.pbx.http.cfg and"
              + " etc/org.latchkey.keyagent.cfg.");
    }
    boolean ours = !maker.authority().isEmpty();
    Template template =
        OpenSipsTemplate.of(site, openSips, destinations.read())
            .with("CA_DIRECTORY", ours ? place.toString() : SYSTEM_AUTHORITIES);
    String oldPhones =
        openSips.settings().oldPhonesDatabase().isEmpty() ? "no-old-phones.cfg" : "old-phones.cfg";
    File checkOfOldPhones =
        new File("latchkey-old-phones.cfg", Secret.ofText(template.fill(oldPhones)));
    return maker.make(
        place,
        actor,
        template,
        TEXTS,
        ours ? List.of(checkOfOldPhones, hashed(maker.authority())) : List.of(checkOfOldPhones),
        List.of(
            "What OpenSIPS can't do: MD5 and SHA-256 at once; TLS for phones with these files;"
                + " remember its registrations or the nonces it gave over a restart of its own"
                + " (phones are asked anew); tell a nonce that is not its own from one that is too"
                + " old (stale=true in both cases); trust our authority alone: its HTTP client takes"
                + " the system's authorities as well."));
  }

  /** The authority under the name at which OpenSSL looks for it in a directory. */
  private static File hashed(String pem) {
    return new File(SubjectHash.of(pem) + ".0", Secret.ofText(pem));
  }
}
