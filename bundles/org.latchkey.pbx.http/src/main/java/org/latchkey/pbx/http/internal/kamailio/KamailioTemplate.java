package org.latchkey.pbx.http.internal.kamailio;

import java.util.Map;
import java.util.stream.Collectors;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.proxy.ProxySettings;
import org.latchkey.pbx.http.internal.proxy.Template;

/** What Kamailio's configuration has in words of its own. */
final class KamailioTemplate {

  private KamailioTemplate() {}

  static Template of(PbxSite site, ProxySettings settings, Destinations destinations) {
    boolean md5 = settings.algorithm() == DigestAlgorithm.MD5;
    return new Template(
        KamailioTemplate.class,
        Map.of(
            "ALGORITHM_OR_EMPTY",
            md5 ? "" : settings.algorithm().token(),
            "HA1_FROM_END",
            "" + (settings.algorithm().hexLength() + "\"}".length()),
            "LISTEN",
            Template.lines(settings.listen(), "listen=%s\n"),
            "TRUNKS",
            trunks(settings),
            "NETWORKS",
            String.join(",", destinations.networks())),
        site,
        settings,
        destinations);
  }

  private static String trunks(ProxySettings settings) {
    return settings.trunks().stream()
        .map(
            trunk ->
                """
                \tif (is_in_subnet("$si", "%s")) {
                \t\t$avp(latchkey_trunk) = "%s";
                \t\treturn 1;
                \t}
                """
                    .formatted(trunk.network(), trunk.name()))
        .collect(Collectors.joining());
  }
}
