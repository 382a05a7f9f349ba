package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** The settings: off by default, and a slip in one is told by its name. */
public class RadiusSettingsTest {

  static RadiusConfiguration set(Map<String, ?> values) {
    Map<String, Object> all = new HashMap<>(values);
    return (RadiusConfiguration)
        Proxy.newProxyInstance(
            RadiusSettingsTest.class.getClassLoader(),
            new Class<?>[] {RadiusConfiguration.class},
            (proxy, method, arguments) ->
                all.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  private static String problem(Map<String, ?> values) {
    return assertThrows(IllegalArgumentException.class, () -> RadiusSettings.of(set(values)))
        .getMessage();
  }

  private static String[] list(String value) {
    return new String[] {value};
  }

  @Test
  public void nobodyMayAskUntilSomebodyIsNamed() {
    RadiusSettings settings = RadiusSettings.of(set(Map.of()));
    assertEquals(List.of(), settings.clients());
    assertEquals(List.of(), settings.certificateClients());
    assertTrue(settings.udp().getAddress().isLoopbackAddress());
    assertEquals(1812, settings.udp().getPort());
    assertEquals(2083, settings.radsec().getPort());
  }

  @Test
  public void aClientAuthenticatesUnlessItIsNamedAsOneThatCant() throws Exception {
    RadiusSettings settings =
        RadiusSettings.of(
            set(
                Map.of(
                    "clients", list("kamailio=127.0.0.1, asterisk=192.0.2.0/24,six=2001:db8::/32"),
                    "withoutMessageAuthenticator", list("kamailio"),
                    "askForNonces", list("asterisk, pbx"),
                    "radsecNames", list("pbx"))));
    RadiusClient kamailio = settings.client("kamailio").orElseThrow();
    RadiusClient asterisk = settings.client("asterisk").orElseThrow();
    assertFalse(kamailio.authenticates());
    assertTrue(kamailio.onLoopback());
    assertTrue(asterisk.authenticates());
    assertTrue(asterisk.asksForNonces());
    assertFalse(asterisk.onLoopback());
    assertTrue(asterisk.isAt(InetAddress.getByName("192.0.2.77")));
    assertFalse(asterisk.isAt(InetAddress.getByName("192.0.3.1")));
    assertTrue(settings.certificateClients().get(0).asksForNonces());
    assertFalse("TLS authenticates it", settings.certificateClients().get(0).authenticates());
  }

  @Test
  public void noTwoClientsShareAnAddress() {
    for (String both :
        new String[] {
          "a=127.0.0.1,b=127.0.0.1",
          "a=192.0.2.0/24,b=192.0.2.7",
          "a=192.0.2.7,b=192.0.2.0/24",
          "a=192.0.2.0/24,b=192.0.2.128/25",
          "a=2001:db8::/32,b=2001:db8:1::/48"
        }) {
      assertTrue(both, problem(Map.of("clients", list(both))).contains("'a' and 'b'"));
    }
    RadiusSettings apart =
        RadiusSettings.of(
            set(Map.of("clients", list("a=192.0.2.0/25,b=192.0.2.128/25,c=2001:db8::1"))));
    assertEquals(3, apart.clients().size());
  }

  @Test
  public void aSlipIsToldByTheNameOfItsSetting() {
    assertTrue(problem(Map.of("realm", "a b")).contains("realm"));
    assertTrue(problem(Map.of("domains", list(""))).contains("domains"));
    assertTrue(problem(Map.of("clients", list("127.0.0.1"))).contains("kamailio=192.0.2.7"));
    assertTrue(problem(Map.of("clients", list("../x=127.0.0.1"))).contains("clients"));
    assertTrue(problem(Map.of("clients", list("a=host"))).contains("'host'"));
    assertTrue(problem(Map.of("clients", list("a=::1,a=::2"))).contains("twice"));
    assertTrue(
        problem(Map.of("clients", list("a=::1"), "withoutMessageAuthenticator", list("b")))
            .contains("there is no client 'b'"));
    assertTrue(problem(Map.of("tellOverHttps", list("b"))).contains("tellOverHttps"));
    assertTrue(problem(Map.of("askForNonces", list("b"))).contains("askForNonces"));
    assertTrue(problem(Map.of("bind", "localhost")).contains("bind"));
    assertTrue(problem(Map.of("port", 65_536)).contains("port"));
    assertTrue(problem(Map.of("algorithm", "SHA-512")).contains("algorithm"));
  }
}
