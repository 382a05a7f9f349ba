package org.latchkey.pbx.http.internal.kamailio;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.proxy.ProxySettings;
import org.latchkey.pbx.http.internal.proxy.ProxySettings.Trunk;
import org.latchkey.pbx.http.internal.proxy.Template;

/** Kamailio's configuration holds what the settings say, and no setting can break out of it. */
public class TemplateTest {

  private static final List<String> FILES =
      List.of("kamailio.cfg", "latchkey-modules.cfg", "latchkey-routes.cfg");

  static DestinationsConfiguration destinations(String... emergency) {
    Map<String, Object> values =
        Map.of(
            "emergency",
            emergency.length > 0 ? emergency : new String[] {"112=sip:112@trunk.example.org"},
            "helpDesk",
            new String[] {"7000=sip:7000@localhost"},
            "test",
            new String[] {},
            "unprovedNetworks",
            new String[] {"127.0.0.0/8, ::1"},
            "unprovedPerSource",
            2,
            "unprovedTotal",
            8);
    return (DestinationsConfiguration)
        Proxy.newProxyInstance(
            TemplateTest.class.getClassLoader(),
            new Class<?>[] {DestinationsConfiguration.class},
            (proxy, method, arguments) -> values.get(method.getName()));
  }

  /** The destinations of a site, for tests of other PBXs. */
  public static SiteDestinations siteDestinations() {
    return new SiteDestinations(destinations());
  }

  @Test
  public void everyPlaceIsFilled() {
    for (String file : FILES) {
      String text = filled(KamailioPbxTest.settings(), destinations(), file);
      assertFalse(file, text.matches("(?s).*@[A-Z0-9_]+@.*"));
    }
    Template unfinished =
        KamailioTemplate.of(
            KamailioPbxTest.SITE, KamailioPbxTest.settings(), Destinations.of(destinations()));
    assertThrows(IllegalStateException.class, () -> unfinished.fill("latchkey-modules.cfg"));
  }

  @Test
  public void permittedDestinationsAreComparedExactlyAndLeadToTheirTarget() {
    String routes = filled(KamailioPbxTest.settings(), destinations(), "latchkey-routes.cfg");
    assertTrue(
        routes.contains(
            """
            \tif ($var(dialled) == "112") {
            \t\t$avp(latchkey_dialled) = "112";
            \t\t$avp(latchkey_target) = "sip:112@trunk.example.org";
            \t\t$avp(latchkey_kind) = "emergency";
            \t\treturn 1;
            """));
    assertTrue(routes.contains("$avp(latchkey_kind) = \"help-desk\";"));
  }

  @Test
  public void domainsAreComparedWhole() {
    PbxSite site = new PbxSite("latchkey", List.of("Example.org", "[2001:db8::1]"), List.of());
    String routes =
        KamailioTemplate.of(site, KamailioPbxTest.settings(), Destinations.of(destinations()))
            .with("RPC_TOKEN", "0".repeat(40))
            .fill("latchkey-routes.cfg");
    assertTrue(routes.contains("\"^(example[.]org|[[]2001:db8::1[]])$\""));
  }

  @Test
  public void trunksAndShaTwoGoIn() {
    ProxySettings settings =
        new ProxySettings(
            "127.0.0.1:5066",
            List.of("udp:127.0.0.1:5060", "tls:[::1]:5061"),
            DigestAlgorithm.SHA_256,
            List.of(new Trunk("emergency", "192.0.2.7")),
            "mysql://reader:word@localhost/kamailio");
    assertTrue(
        filled(settings, destinations(), "latchkey-routes.cfg")
            .contains("if (is_in_subnet(\"$si\", \"192.0.2.7\")) {"));
    assertTrue(
        filled(settings, destinations(), "latchkey-modules.cfg")
            .contains("modparam(\"auth\", \"algorithm\", \"SHA-256\")"));
    assertTrue(filled(settings, destinations(), "latchkey-routes.cfg").contains("{64}$"));
    assertTrue(filled(settings, destinations(), "kamailio.cfg").contains("listen=tls:[::1]:5061"));
  }

  @Test
  public void noSettingEndsATextOfTheConfiguration() {
    for (String entry :
        List.of("112=sip:112@h$rd", "112=sip:1'2@h", "11$2=sip:112@h", "1\\2=sip:112@h")) {
      assertThrows(
          entry, IllegalArgumentException.class, () -> Destinations.of(destinations(entry)));
    }
    for (String address :
        List.of("192.0.2.1:5066", "127.0.0.1", "", "127.0.0.1:5066\nloadmodule")) {
      assertThrows(
          address, IllegalArgumentException.class, () -> settings(address, "udp:127.0.0.1:5060"));
    }
    for (String listen : List.of("udp:127.0.0.1", "udp:h:5060\"", "udp:h:5060\nlisten=tcp:h:1")) {
      assertThrows(
          listen, IllegalArgumentException.class, () -> settings("127.0.0.1:5066", listen));
    }
    for (String realm : List.of("", "a b", "a\"b", "a\\b")) {
      assertThrows(
          realm,
          IllegalArgumentException.class,
          () -> new PbxSite(realm, List.of("localhost"), List.of()));
    }
  }

  @Test
  public void otherEmergencyNumbersGiveAnotherMark() {
    assertNotEquals(mark(destinations()), mark(destinations("110=sip:110@trunk.example.org")));
    assertEquals(mark(destinations()), mark(destinations()));
  }

  private static String mark(DestinationsConfiguration destinations) {
    return KamailioTemplate.of(
            KamailioPbxTest.SITE, KamailioPbxTest.settings(), Destinations.of(destinations))
        .mark();
  }

  private static ProxySettings settings(String rpcAddress, String listen) {
    return new ProxySettings(
        rpcAddress, List.of(listen), DigestAlgorithm.MD5, List.of(), "text:///old");
  }

  private static String filled(
      ProxySettings settings, DestinationsConfiguration destinations, String file) {
    return KamailioTemplate.of(KamailioPbxTest.SITE, settings, Destinations.of(destinations))
        .with("DIRECTORY", "/etc/kamailio/latchkey")
        .with("DOOR", "https://localhost:8444")
        .with("CA_FILE", "/etc/kamailio/latchkey/ca.pem")
        .with("RPC_TOKEN", "0".repeat(40))
        .fill(file);
  }
}
