package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.Test;
import org.latchkey.key.Registrar;

public final class AgentSettingsTest {

  @Test
  public void aBadSettingIsNamedWithWhatWouldBeRight() {
    assertRefused("registrarPort is 0 instead of a number from 1 to 65535", "localhost", 0, 5061);
    assertRefused("registrarTlsPort is 65536 instead of", "localhost", 5060, 65536);
    assertRefused("domains names 'no domain'", "no domain", 5060, 5061);
  }

  private static void assertRefused(String words, String domain, int port, int tlsPort) {
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new AgentSettings(
                        "latchkey",
                        List.of("latchkey"),
                        List.of(domain),
                        new Registrar("localhost", port, tlsPort, 5071),
                        Duration.ofMinutes(15),
                        30,
                        5,
                        new AgentSettings.Keeping("keystore", false, "", 0)))
            .getMessage();
    assertTrue(said, said.contains(words));
  }
}
