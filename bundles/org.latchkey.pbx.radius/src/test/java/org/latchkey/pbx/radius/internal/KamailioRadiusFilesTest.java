package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.pbx.PbxConfiguration;

/** Kamailio's files over RADIUS are those over HTTPS and four more; or it says what is missing. */
public class KamailioRadiusFilesTest {

  private static final Path PLACE = Path.of("/etc/kamailio/latchkey");

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final Map<String, Object> set =
      new HashMap<>(
          Map.of(
              "clients", new String[] {"kamailio=127.0.0.1"},
              "withoutMessageAuthenticator", new String[] {"kamailio"},
              "tellOverHttps", new String[] {"kamailio"}));
  private final Secret modules = Secret.ofText("modparam(\"auth\", \"algorithm\", \"\")");
  private Path base;

  @Before
  public void aPlaceForTheSecret() throws Exception {
    base = temporary.getRoot().toPath().toRealPath();
  }

  private PbxConfiguration kamailio(Secret text) {
    return new PbxConfiguration() {
      @Override
      public String pbx() {
        return "kamailio";
      }

      @Override
      public Path usualPlace() {
        return PLACE;
      }

      @Override
      public Files make(Path place, String actor) {
        return new Files(
            List.of(
                new File("latchkey-modules.cfg", text),
                new File("latchkey-radius.cfg", Secret.ofText("# off"))),
            List.of(actor));
      }
    };
  }

  private PbxConfiguration.Files made() {
    return new KamailioRadiusFiles(
            RadiusSettings.of(RadiusSettingsTest.set(set)), base, new Random(1), kamailio(modules))
        .make(PLACE, "anna");
  }

  private String refusal() {
    return assertThrows(RequestRefusedException.class, this::made).getMessage();
  }

  @Test
  public void allThatKamailioNeedsIsThereAndFilledIn() throws Exception {
    try (PbxConfiguration.Files made = made()) {
      Map<String, String> texts = new HashMap<>();
      for (PbxConfiguration.File file : made.files()) {
        assertFalse("once: " + file.name(), texts.containsKey(file.name()));
        texts.put(file.name(), new String(file.content().copy(), StandardCharsets.UTF_8));
        assertFalse(file.name(), texts.get(file.name()).matches("(?s).*@[A-Z_]+@.*"));
      }
      assertEquals(5, texts.size());
      assertTrue(
          texts
              .get("latchkey-radius.cfg")
              .contains("\"radius_config\", \"/etc/kamailio/latchkey/radiusclient.conf\""));
      assertTrue(texts.get("radiusclient.conf").contains("authserver 127.0.0.1:1812\n"));
      String secret =
          new String(
              new SharedSecret(SharedSecret.fileOf(base, "kamailio"), System::nanoTime)
                  .bytes()
                  .orElseThrow(),
              StandardCharsets.US_ASCII);
      assertTrue(texts.get("radius-servers").contains("127.0.0.1 " + secret + "\n"));
      String radius = texts.get("latchkey-radius.cfg");
      byte[] bytes = secret.getBytes(StandardCharsets.US_ASCII);
      String inner = new String(AcceptanceProof.innerKey(bytes), StandardCharsets.US_ASCII);
      String outer = new String(AcceptanceProof.outerKey(bytes), StandardCharsets.US_ASCII);
      assertTrue(radius.contains("\"!LATCHKEY_PROOF_INNER!" + inner + "!g\""));
      assertTrue(radius.contains("\"!LATCHKEY_PROOF_OUTER!" + outer + "!g\""));
      assertEquals("anna", made.notes().get(0));
      assertTrue(made.notes().get(1).contains("docs/radius.md"));
    }
  }

  @Test
  public void whereWeListenEverywhereKamailioAsksAtItsOwnMachine() {
    set.put("bind", "0.0.0.0");
    set.put("port", 11_812);
    try (PbxConfiguration.Files made = made()) {
      assertTrue(made.notes().get(1).contains("127.0.0.1:11812"));
    }
  }

  @Test
  public void whereKamailioCannotReachUsItSaysWhatToSet() {
    set.put("clients", new String[] {"kamailio=192.0.2.7"});
    for (String bind : new String[] {"0.0.0.0", "::", "127.0.0.1"}) {
      set.put("bind", bind);
      assertTrue(bind, refusal().contains("set bind in etc/org.latchkey.pbx.radius.cfg"));
    }
    set.put("bind", "192.0.2.1");
    try (PbxConfiguration.Files made = made()) {
      assertTrue(made.notes().get(1).contains("192.0.2.1:1812"));
    }
  }

  @Test
  public void anAddressOfIpv6IsToldFromItsPort() {
    set.put("bind", "::1");
    set.put("clients", new String[] {"kamailio=::1"});
    try (PbxConfiguration.Files made = made()) {
      assertTrue(text(made, "radiusclient.conf").contains("authserver [0:0:0:0:0:0:0:1]:1812\n"));
      assertTrue(text(made, "radius-servers").contains("\n0:0:0:0:0:0:0:1 "));
    }
  }

  private static String text(PbxConfiguration.Files made, String name) {
    return made.files().stream()
        .filter(file -> file.name().equals(name))
        .map(file -> new String(file.content().copy(), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }

  @Test
  public void itSaysWhichSettingIsMissing() {
    set.put("tellOverHttps", new String[] {});
    assertTrue(refusal().contains("tellOverHttps = kamailio"));
    set.put("clients", new String[] {"asterisk=127.0.0.1"});
    set.put("withoutMessageAuthenticator", new String[] {});
    assertTrue(refusal().contains("clients = kamailio="));
    set.put("clients", new String[] {"kamailio=127.0.0.1"});
    assertTrue(refusal().contains("withoutMessageAuthenticator = kamailio"));
    set.put("withoutMessageAuthenticator", new String[] {"kamailio"});
    set.put("askForNonces", new String[] {"kamailio"});
    assertTrue(refusal().contains("askForNonces"));
  }

  @Test
  public void withoutTheFilesOverHttpsThereAreNone() {
    KamailioRadiusFiles alone =
        new KamailioRadiusFiles(
            RadiusSettings.of(RadiusSettingsTest.set(set)), base, new Random(1), null);
    String refusal =
        assertThrows(RequestRefusedException.class, () -> alone.make(PLACE, "anna")).getMessage();
    assertTrue(refusal, refusal.contains("latchkey-pbx-http"));
  }

  @Test
  public void anAlgorithmThatKamailioDoesNotTellIsRefusedAndItsFilesAreWiped() {
    Secret other = Secret.ofText("modparam(\"auth\", \"algorithm\", \"SHA-256\")");
    KamailioRadiusFiles files =
        new KamailioRadiusFiles(
            RadiusSettings.of(RadiusSettingsTest.set(set)), base, new Random(1), kamailio(other));
    assertTrue(
        assertThrows(RequestRefusedException.class, () -> files.make(PLACE, "anna"))
            .getMessage()
            .contains("algorithm = MD5"));
    assertThrows(IllegalStateException.class, other::copy);
  }
}
