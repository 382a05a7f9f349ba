package org.latchkey.pbx.http.internal.opensips;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.RpcWord;
import org.latchkey.pbx.http.internal.kamailio.SiteDestinations;
import org.latchkey.pbx.http.internal.proxy.HttpRpc;
import org.latchkey.pbx.http.internal.proxy.ProxyPbx;
import org.latchkey.pbx.http.internal.proxy.Rpc;
import org.latchkey.registration.RegistrationListener;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** OpenSIPS as a PBX: its registrations and calls, by its management interface over HTTP. */
@Component(
    immediate = true,
    service = {PbxControl.class, StatusSource.class, RegistrationListener.class})
public final class OpenSipsPbx extends ProxyPbx {

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable RegistrationKeys keys;

  /** The OpenSIPS of the settings. */
  @Activate
  public OpenSipsPbx(
      @Reference PbxSite site,
      @Reference OpenSips openSips,
      @Reference SiteDestinations destinations) {
    this(
        site,
        openSips,
        destinations,
        HttpRpc.withPath(
            OpenSips.KIND.name(),
            openSips.settings().rpcAddress(),
            new RpcWord(Path.of(System.getProperty("karaf.base", "")), "opensips")),
        Clock.systemUTC());
    start();
  }

  /** Without OSGi. */
  OpenSipsPbx(
      PbxSite site, OpenSips openSips, SiteDestinations destinations, Rpc rpc, Clock clock) {
    super(
        OpenSips.KIND,
        site,
        openSips.settings(),
        new Location(rpc),
        () -> OpenSipsTemplate.of(site, openSips, destinations.read()),
        clock);
  }

  @Override
  protected Optional<RegistrationKeys> keys() {
    return Optional.ofNullable(keys);
  }

  @Override
  @Deactivate
  public void close() {
    super.close();
  }
}
