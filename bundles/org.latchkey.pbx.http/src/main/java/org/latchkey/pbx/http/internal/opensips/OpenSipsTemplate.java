package org.latchkey.pbx.http.internal.opensips;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.Destinations;
import org.latchkey.pbx.http.internal.proxy.ProxySettings;
import org.latchkey.pbx.http.internal.proxy.Template;

/** What OpenSIPS' configuration has in words of its own. */
final class OpenSipsTemplate {

  private OpenSipsTemplate() {}

  static Template of(PbxSite site, OpenSips openSips, Destinations destinations) {
    ProxySettings settings = openSips.settings();
    String address = settings.rpcAddress();
    int colon = address.lastIndexOf(':');
    return new Template(
        OpenSipsTemplate.class,
        Map.of(
            "RPC_HOST",
            address.substring(0, colon),
            "RPC_PORT",
            address.substring(colon + 1),
            "LISTEN",
            Template.lines(settings.listen(), "socket=%s\n"),
            "TRUNKS",
            settings.trunks().stream()
                .map(
                    trunk ->
                        from(
                            trunk.network(),
                            "{\n\t\t$avp(latchkey_trunk) = \"%s\";\n\t\treturn(1);\n\t}"
                                .formatted(trunk.name())))
                .collect(Collectors.joining()),
            "MODULES_FOLDER",
            openSips.modulesFolder(),
            "NETWORKS",
            networks(destinations.networks()),
            "OLD_PHONES_MODULE",
            "db_" + settings.oldPhonesDatabase().replaceFirst(":.*", "")),
        site,
        settings,
        destinations);
  }

  private static String networks(List<String> networks) {
    return networks.stream()
        .map(network -> from(network, "return(1);"))
        .collect(Collectors.joining());
  }

  /** OpenSIPS compares addresses of one family only, and an address with a network only. */
  private static String from(String network, String then) {
    boolean six = network.indexOf(':') >= 0;
    String whole = network.indexOf('/') >= 0 ? network : network + (six ? "/128" : "/32");
    return "\tif ($si =~ \"%s\" && $(si{ip.matches,%s}) == 1) %s\n"
        .formatted(six ? ":" : "[.]", whole, then);
  }
}
