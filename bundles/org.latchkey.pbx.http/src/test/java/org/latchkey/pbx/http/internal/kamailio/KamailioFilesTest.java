package org.latchkey.pbx.http.internal.kamailio;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.pbx.PbxConfiguration;
import org.latchkey.pbx.http.internal.proxy.Surroundings;

/** Kamailio's files are complete, and there are none without evidence and a certificate. */
public class KamailioFilesTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final Surroundings around = new Surroundings();
  private DestinationsConfiguration destinations = TemplateTest.destinations();
  private Path base;

  @Before
  public void aPlaceForTheWord() throws Exception {
    base = temporary.getRoot().toPath().toRealPath();
  }

  @Test
  public void allThatKamailioNeedsIsThere() throws Exception {
    try (PbxConfiguration.Files made = make()) {
      assertEquals(
          List.of(
              "client.key",
              "client.pem",
              "ca.pem",
              "kamailio.cfg",
              "latchkey-modules.cfg",
              "latchkey-routes.cfg",
              "latchkey-radius.cfg"),
          made.files().stream().map(PbxConfiguration.File::name).collect(Collectors.toList()));
      assertTrue(text(made, 4).contains("\"httpcon\", \"latchkey=>https://pbx.example.org:8444\""));
      assertTrue(text(made, 4).contains("\"cacert\", \"/etc/kamailio/latchkey/ca.pem\""));
      String bearer = text(made, 5).replaceAll("(?s).*\"Bearer ([0-9a-f]{40})\".*", "$1");
      try (Secret secret = new RpcWord(base, "kamailio").read()) {
        assertEquals(new String(secret.copy(), StandardCharsets.US_ASCII), bearer);
      }
      assertFalse("RADIUS is off", text(made, 6).contains("LATCHKEY_RADIUS"));
      assertEquals(List.of("anna pbx.configured"), around.audited);
      assertEquals(List.of("Latchkey PBX kamailio"), around.asked);
      assertFalse(made.notes().isEmpty());
    }
  }

  @Test
  public void withAnAdministratorsCertificateTheSystemsAuthoritiesAreTrusted() throws Exception {
    around.caPem = "";
    try (PbxConfiguration.Files made = make()) {
      assertTrue(text(made, 3).contains("\"cacert\", \"/etc/ssl/certs/ca-certificates.crt\""));
    }
  }

  @Test
  public void nothingIsMadeWithoutEvidence() {
    around.auditWorks = false;
    assertThrows(AuditUnavailableException.class, this::make);
  }

  @Test
  public void withoutAnAuthorityOrDestinationsItSaysWhatToDo() {
    around.authority = false;
    assertTrue(refusal().contains("ca.key"));
    around.authority = true;
    destinations = TemplateTest.destinations("112");
    assertTrue(refusal().contains("etc/org.latchkey.destinations.cfg"));
    assertEquals("nothing was made of the second", 1, around.audited.size());
  }

  @Test
  public void aPlaceThatCouldEndATextIsRefused() {
    for (String place : List.of("latchkey", "/etc/a b", "/etc/\"x", "/etc/$x", "/etc/x\ny")) {
      assertThrows(
          place, RequestRefusedException.class, () -> files().make(Path.of(place), "anna"));
    }
  }

  private String refusal() {
    return assertThrows(RequestRefusedException.class, this::make).getMessage();
  }

  private PbxConfiguration.Files make() {
    return files().make(Path.of("/etc/kamailio/latchkey"), "anna");
  }

  private KamailioFiles files() {
    return new KamailioFiles(
        KamailioPbxTest.SITE,
        new Kamailio(KamailioPbxTest.settings()),
        new SiteDestinations(destinations),
        around.maker(Kamailio.KIND, KamailioPbxTest.SITE, base));
  }

  private static String text(PbxConfiguration.Files made, int index) {
    return new String(made.files().get(index).content().copy(), StandardCharsets.UTF_8);
  }
}
