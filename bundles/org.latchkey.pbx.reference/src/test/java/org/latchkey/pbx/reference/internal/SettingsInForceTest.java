package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.Test;
import org.latchkey.admission.PermittedDestinations;

public class SettingsInForceTest {

  private final SettingsInForce inForce =
      new SettingsInForce(new SettingsReader(Path.of("/"), "127.0.0.1"));

  @Test
  public void aNumberThatIsNoneAtTheStartLeavesAllOtherSettings() {
    Settings settings =
        inForce.take(
            configuration(
                Map.of(
                    "maxCalls",
                    new IllegalStateException("'many' is no number"),
                    "domains",
                    new String[] {"example.org"},
                    "udpPort",
                    5070)));
    assertTrue(settings.domains().contains("example.org"));
    assertEquals(5070, settings.listeners().get(0).port());
    assertTrue(inForce.problem(), inForce.problem().contains("many"));
  }

  @Test
  public void aBadEditChangesNothing() {
    Settings good = inForce.take(configuration(Map.of("udpPort", 5070)));
    assertEquals("", inForce.problem());
    assertEquals(
        good,
        inForce.take(
            configuration(
                Map.of("udpPort", 5071, "maxCalls", new IllegalStateException("no number")))));
    assertEquals(good, inForce.take(configuration(Map.of("udpPort", 70_000))));
    assertTrue(inForce.problem(), inForce.problem().contains("70000"));
  }

  @Test
  public void aShortCodeThatCantBeUsedIsOffAndTakesNothingElseAway() {
    Settings settings = inForce.take(configuration(Map.of("moveCode", "112", "udpPort", 5070)));
    assertEquals(5070, settings.listeners().get(0).port());
    assertEquals("", inForce.problem());
    PermittedDestinations destinations =
        PermittedDestinations.of(List.of("112=sip:112@trunk.example.org"), List.of(), List.of());
    assertTrue(settings.moveCode().fault(destinations).isPresent());
    assertEquals("*99", inForce.take(configuration(Map.of())).moveCode().prefix());
  }

  @Test
  public void whatCantBeReadAtAllAtTheStartIsTheDefaults() {
    assertEquals(
        5060, inForce.take(configuration(Map.of("udpPort", 70_000))).listeners().get(0).port());
  }

  private static ReferencePbxConfiguration configuration(Map<String, Object> values) {
    return (ReferencePbxConfiguration)
        Proxy.newProxyInstance(
            SettingsInForceTest.class.getClassLoader(),
            new Class<?>[] {ReferencePbxConfiguration.class},
            (proxy, method, arguments) -> {
              Object value = values.get(method.getName());
              if (value instanceof RuntimeException fault) {
                throw fault;
              }
              return value == null ? Objects.requireNonNull(method.getDefaultValue()) : value;
            });
  }
}
