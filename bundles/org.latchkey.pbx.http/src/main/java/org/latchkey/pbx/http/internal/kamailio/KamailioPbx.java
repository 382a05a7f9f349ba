package org.latchkey.pbx.http.internal.kamailio;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.http.internal.PbxSite;
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

/** Kamailio as a PBX: its registrations and calls, by its JSON-RPC. */
@Component(
    immediate = true,
    service = {PbxControl.class, StatusSource.class, RegistrationListener.class})
public final class KamailioPbx extends ProxyPbx {

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable RegistrationKeys keys;

  /** The Kamailio of the settings. */
  @Activate
  public KamailioPbx(
      @Reference PbxSite site,
      @Reference Kamailio kamailio,
      @Reference SiteDestinations destinations) {
    this(
        site,
        kamailio,
        destinations,
        HttpRpc.withBearer(
            Kamailio.KIND.name(),
            kamailio.settings().rpcAddress(),
            new RpcWord(Path.of(System.getProperty("karaf.base", "")), "kamailio")),
        Clock.systemUTC());
    start();
  }

  /** Without OSGi. */
  KamailioPbx(
      PbxSite site, Kamailio kamailio, SiteDestinations destinations, Rpc rpc, Clock clock) {
    super(
        Kamailio.KIND,
        site,
        kamailio.settings(),
        new Location(rpc),
        () -> KamailioTemplate.of(site, kamailio.settings(), destinations.read()),
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
