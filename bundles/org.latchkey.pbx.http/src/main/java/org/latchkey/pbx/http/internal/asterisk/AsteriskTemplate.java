package org.latchkey.pbx.http.internal.asterisk;

import java.util.stream.Collectors;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.http.internal.FileValues;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.Destinations;

/**
 * Asterisk's configuration made of our files, whose {@code @NAME@} are replaced. What goes in was
 * checked before, so that nothing ends a line.
 */
final class AsteriskTemplate {

  /** An endpoint without its credentials is answered 500. */
  private static final int CREDENTIALS_OUTLIVE_ENDPOINTS_SECONDS = 60;

  private final FileValues values = new FileValues(AsteriskTemplate.class);

  /** A template for a site, without what is made for one installation. */
  AsteriskTemplate(PbxSite site, AsteriskSettings settings, Destinations destinations) {
    Dialplan dialplan = new Dialplan(destinations);
    values.put("REALM", site.realm().replace(";", "\\;"));
    values.put("CODECS", String.join(",", settings.codecs()));
    values.put("CACHE_SECONDS", Integer.toString(settings.cacheSeconds()));
    values.put(
        "CREDENTIALS_SECONDS",
        Integer.toString(settings.cacheSeconds() + CREDENTIALS_OUTLIVE_ENDPOINTS_SECONDS));
    values.put("PROXY_ADDRESS", settings.proxyAddress());
    values.put("ORDINARY", settings.ordinaryContext());
    values.put("PERMITTED_ENDPOINT", settings.permittedEndpoint());
    values.put("UNPROVED_PER_SOURCE", Integer.toString(destinations.perSource()));
    values.put("UNPROVED_TOTAL", Integer.toString(destinations.total()));
    values.put("FROM_PHONES", dialplan.fromPhones());
    values.put("FROM_OLD_PHONES", dialplan.fromOldPhones());
    values.put("FROM_ANYBODY", dialplan.fromAnybody());
    values.put("PERMITTED", dialplan.permitted());
    values.put("TARGETS", dialplan.targets());
    values.put("NETWORKS", dialplan.networks());
    AskingLines asking = new AskingLines(settings.agi());
    values.put("ASK", asking.ask());
    values.put("UNANSWERED", asking.unanswered());
    values.put("TELL", AskingLines.tell());
    values.put("AGI_MODULES", asking.modules());
    values.put("AGI_PROXY", asking.haproxy());
    values.put("MADE", values.mark());
    values.put("ALTERNATIVES", dialplan.alternatives());
    values.put(
        "ALGORITHMS",
        settings.algorithms().stream()
            .map(DigestAlgorithm::token)
            .collect(Collectors.joining(",")));
  }

  /** With a value for one installation. */
  AsteriskTemplate with(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** For a version of Asterisk: 16, which knows MD5 only and can't match a Request-URI, or 22. */
  AsteriskTemplate version(String version) {
    boolean isOld = version.equals("16");
    String who = "(" + values.get("ALTERNATIVES") + ")@/";
    return with("VERSION", version)
        .with("IDENTIFIERS", (isOld ? "" : "request_uri,") + "header,auth_username,username,ip")
        .with(
            "MATCH",
            isOld ? "match_header = To: /sips?:" + who : "match_request_uri = /^sips?:" + who)
        .with(
            "DEFAULT_ALGORITHMS",
            isOld ? "" : "default_auth_algorithms_uas = " + values.get("ALGORITHMS"));
  }

  /** By what settings it was made: another value for others. */
  String mark() {
    return values.get("MADE");
  }

  /** The text of one of our files, filled in. */
  String fill(String file) {
    return values.fill(file);
  }
}
