package org.latchkey.pbx.http.internal.kamailio;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.latchkey.audit.AuditLog;
import org.latchkey.door.PbxDoor;
import org.latchkey.door.PublicAddress;
import org.latchkey.pbx.PbxConfiguration;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.proxy.ProxyMaker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Kamailio's configuration, with its certificate for the PBX door. */
@Component(property = "pbx=kamailio")
public final class KamailioFiles implements PbxConfiguration {

  private static final List<String> TEXTS =
      List.of("kamailio.cfg", "latchkey-modules.cfg", "latchkey-routes.cfg", "latchkey-radius.cfg");
  private static final String SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

  private final PbxSite site;
  private final Kamailio kamailio;
  private final SiteDestinations destinations;
  private final ProxyMaker maker;

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
        new ProxyMaker(
            Kamailio.KIND,
            site,
            door,
            address,
            audit,
            new RpcWord(Path.of(System.getProperty("karaf.base", "")), "kamailio"),
            Clock.systemUTC()));
  }

  /** Without OSGi. */
  KamailioFiles(PbxSite site, Kamailio kamailio, SiteDestinations destinations, ProxyMaker maker) {
    this.site = site;
    this.kamailio = kamailio;
    this.destinations = destinations;
    this.maker = maker;
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
    ProxyMaker.check(place);
    return maker.make(
        place,
        actor,
        KamailioTemplate.of(site, kamailio.settings(), destinations.read())
            .with("CA_FILE", maker.authority().isEmpty() ? SYSTEM_AUTHORITIES : place + "/ca.pem"),
        TEXTS,
        List.of(),
        List.of(
            "What Kamailio 5.6 can't do: offer MD5 and SHA-256 at once; take a nonce again after"
                + " its own restart (phones are asked anew)."));
  }
}
