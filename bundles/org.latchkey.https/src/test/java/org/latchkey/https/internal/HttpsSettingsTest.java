package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** Settings as an administrator writes them. */
public class HttpsSettingsTest {

  private static final Path BASE = Path.of("/karaf");

  @Test
  public void withoutAnySettingTheDoorsAreOnLoopbackForLocalhost() {
    HttpsSettings usual = read(Map.of(), Optional.empty());
    assertEquals("127.0.0.1", usual.phones().bind());
    assertEquals(8443, usual.phones().port());
    assertEquals("127.0.0.1", usual.pbx().bind());
    assertEquals(8444, usual.pbx().port());
    assertEquals("localhost", usual.names().publicName());
    assertEquals(List.of("/v1/keys", "/provision/"), usual.awaited());
  }

  @Test
  public void theEnvironmentMovesThePhonesDoorOnlyAndASettingIsStronger() {
    assertEquals("0.0.0.0", read(Map.of(), Optional.of("0.0.0.0")).phones().bind());
    assertEquals("127.0.0.1", read(Map.of(), Optional.of("0.0.0.0")).pbx().bind());
    assertEquals(
        "192.0.2.1",
        read(Map.of("phonesBind", "192.0.2.1"), Optional.of("0.0.0.0")).phones().bind());
  }

  @Test
  public void aListenerWithoutTlsIsThereOnlyWhenItsPortIsSet() {
    assertTrue(read(Map.of(), Optional.empty()).bootstrap().isEmpty());
    HttpsSettings set =
        read(Map.of("bootstrapPort", 8080, "phonesBind", "192.0.2.1"), Optional.empty());
    assertEquals(8080, set.bootstrap().orElseThrow().port());
    assertEquals("192.0.2.1", set.bootstrap().orElseThrow().bind());
  }

  @Test
  public void listsMayBeWrittenWithCommas() {
    HttpsSettings set =
        read(
            Map.of("extraNames", new String[] {"a.example.org, b.example.org ,"}),
            Optional.empty());
    assertEquals(List.of("a.example.org", "b.example.org"), set.names().extraNames());
  }

  @Test
  public void whatCannotBeUsedIsRefusedBySayingWhich() {
    assertRefused("port 70000", Map.of("phonesPort", 70_000));
    assertRefused("deadline", Map.of("headerSeconds", 0));
    assertRefused("tlsEngine", Map.of("tlsEngine", "openssl"));
    assertRefused("belong together", Map.of("certificateFile", "site.pem"));
    assertRefused("https://x", Map.of("publicName", "https://x"));
    assertRefused("workers", Map.of("pbxWorkers", 0));
  }

  @Test
  public void fileNamesStartAtKarafsFolder() {
    HttpsSettings set =
        read(Map.of("certificateFile", "etc/a.pem", "keyFile", "/b.key"), Optional.empty());
    assertEquals(Optional.of(Path.of("/karaf/etc/a.pem")), set.certificateFile());
    assertEquals(Optional.of(Path.of("/b.key")), set.keyFile());
  }

  private static void assertRefused(String words, Map<String, Object> set) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> read(set, Optional.empty()));
    assertTrue(refused.getMessage(), refused.getMessage().contains(words));
  }

  private static HttpsSettings read(Map<String, Object> set, Optional<String> environment) {
    HttpsConfiguration configuration =
        (HttpsConfiguration)
            Proxy.newProxyInstance(
                HttpsConfiguration.class.getClassLoader(),
                new Class<?>[] {HttpsConfiguration.class},
                (proxy, method, arguments) -> value(method, set));
    return HttpsSettings.of(configuration, BASE, environment);
  }

  private static Object value(Method method, Map<String, Object> set) {
    return set.getOrDefault(method.getName(), method.getDefaultValue());
  }
}
