package org.latchkey.pbx.http.internal.opensips;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.PbxConfiguration;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.TemplateTest;
import org.latchkey.pbx.http.internal.proxy.ProxySettings;
import org.latchkey.pbx.http.internal.proxy.ProxySettings.Trunk;
import org.latchkey.pbx.http.internal.proxy.Surroundings;

/** OpenSIPS' files hold what the settings say, and no setting can break out of them. */
public class OpenSipsFilesTest {

  private static final Path PLACE = Path.of("/etc/opensips/latchkey");

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final Surroundings around = new Surroundings();

  @Test
  public void allThatOpenSipsNeedsIsThereAndEveryPlaceIsFilled() throws Exception {
    try (PbxConfiguration.Files made = make(OpenSipsPbxTest.openSips())) {
      assertEquals(
          List.of(
              "client.key",
              "client.pem",
              "ca.pem",
              "opensips.cfg",
              "latchkey-modules.cfg",
              "latchkey-routes.cfg",
              "latchkey-old-phones.cfg",
              "f520fa3c.0"),
          made.files().stream().map(PbxConfiguration.File::name).collect(Collectors.toList()));
      for (PbxConfiguration.File file : made.files()) {
        assertFalse(file.name(), text(made, file.name()).matches("(?s).*@[A-Z0-9_]+@.*"));
      }
      String modules = text(made, "latchkey-modules.cfg");
      assertTrue(modules.contains("\"ssl_capath\", \"/etc/opensips/latchkey\""));
      assertTrue(modules.contains("modparam(\"httpd\", \"ip\", \"127.0.0.1\")"));
      assertTrue(modules.matches("(?s).*\"root\", \"[0-9a-f]{40}\".*"));
      assertTrue(text(made, "opensips.cfg").contains("socket=udp:127.0.0.1:5060\n"));
      assertTrue(text(made, "opensips.cfg").contains("mpath=\"/usr/lib/opensips/modules/\""));
      assertFalse(text(made, "latchkey-old-phones.cfg").contains("auth_db"));
      assertEquals(List.of("anna pbx.configured"), around.audited);
      assertEquals(List.of("Latchkey PBX opensips"), around.asked);
    }
  }

  @Test
  public void permittedDestinationsAreInTheFileItself() throws Exception {
    try (PbxConfiguration.Files made = make(OpenSipsPbxTest.openSips())) {
      assertTrue(
          text(made, "latchkey-routes.cfg")
              .contains(
                  """
                  \tif ($var(dialled) == "112") {
                  \t\t$avp(latchkey_dialled) = "112";
                  \t\t$avp(latchkey_target) = "sip:112@trunk.example.org";
                  \t\t$avp(latchkey_kind) = "emergency";
                  \t\treturn 1;
                  """));
    }
  }

  @Test
  public void addressesAreComparedWithNetworksOfTheirOwnFamily() throws Exception {
    ProxySettings settings =
        new ProxySettings(
            "127.0.0.1:5067",
            List.of("udp:127.0.0.1:5060"),
            DigestAlgorithm.SHA_256,
            List.of(new Trunk("emergency", "192.0.2.7"), new Trunk("six", "2001:db8::/32")),
            "mysql://reader:word@localhost/opensips");
    try (PbxConfiguration.Files made = make(new OpenSips(settings, "/usr/lib64/opensips"))) {
      String routes = text(made, "latchkey-routes.cfg");
      assertTrue(routes.contains("if ($si =~ \"[.]\" && $(si{ip.matches,192.0.2.7/32}) == 1) {"));
      assertTrue(routes.contains("if ($si =~ \":\" && $(si{ip.matches,2001:db8::/32}) == 1) {"));
      assertTrue(
          routes.contains("if ($si =~ \"[.]\" && $(si{ip.matches,127.0.0.0/8}) == 1) return(1);"));
      assertTrue(routes.contains("if ($si =~ \":\" && $(si{ip.matches,::1/128}) == 1) return(1);"));
      assertTrue(routes.contains("^[0-9a-f]{64}$"));
      assertTrue(routes.contains("www_challenge(\"latchkey\", \"auth\", \"SHA-256\")"));
      assertTrue(text(made, "latchkey-old-phones.cfg").contains("loadmodule \"db_mysql.so\""));
    }
  }

  @Test
  public void withAnAdministratorsCertificateTheSystemsAuthoritiesAreTrusted() throws Exception {
    around.caPem = "";
    try (PbxConfiguration.Files made = make(OpenSipsPbxTest.openSips())) {
      assertTrue(text(made, "latchkey-modules.cfg").contains("\"ssl_capath\", \"/etc/ssl/certs\""));
      assertTrue(made.files().stream().noneMatch(file -> file.name().endsWith(".0")));
    }
  }

  @Test
  public void nothingIsMadeWithoutEvidenceOrAnAuthorityOrAPlace() {
    around.auditWorks = false;
    assertThrows(AuditUnavailableException.class, () -> make(OpenSipsPbxTest.openSips()));
    around.auditWorks = true;
    around.authority = false;
    assertTrue(refusal(OpenSipsPbxTest.SITE, PLACE).contains("ca.key"));
    around.authority = true;
    assertTrue(refusal(OpenSipsPbxTest.SITE, Path.of("/etc/a b")).contains("absolute path"));
    PbxSite shut = new PbxSite("latchkey", List.of("localhost"), List.of("Latchkey PBX kamailio"));
    assertTrue(refusal(shut, PLACE).contains("certificateNames"));
    PbxSite dollar = new PbxSite("a$b", List.of("localhost"), List.of("Latchkey PBX opensips"));
    assertTrue(refusal(dollar, PLACE).contains("dollar sign"));
  }

  @Test
  public void noSettingEndsATextOfTheConfiguration() {
    for (String folder : List.of("", "modules", "/a b", "/a\"b", "/a\nb")) {
      assertThrows(folder, IllegalArgumentException.class, () -> openSips(folder, ""));
    }
    assertThrows(
        "TLS",
        IllegalArgumentException.class,
        () -> openSips("/modules", "", "udp:127.0.0.1:5060", "tls:127.0.0.1:5061"));
    for (String database : List.of("old", "text:/old", "TEXT://old", "t\"://x", "a b://x")) {
      assertThrows(database, IllegalArgumentException.class, () -> openSips("/modules", database));
    }
  }

  private static OpenSips openSips(String folder, String database) {
    return openSips(folder, database, "udp:127.0.0.1:5060");
  }

  private static OpenSips openSips(String folder, String database, String... listen) {
    return new OpenSips(
        new ProxySettings(
            "127.0.0.1:5067", List.of(listen), DigestAlgorithm.MD5, List.of(), database),
        folder);
  }

  private String refusal(PbxSite site, Path place) {
    return assertThrows(
            RequestRefusedException.class,
            () -> files(site, OpenSipsPbxTest.openSips()).make(place, "anna"))
        .getMessage();
  }

  private PbxConfiguration.Files make(OpenSips openSips) throws Exception {
    return files(OpenSipsPbxTest.SITE, openSips).make(PLACE, "anna");
  }

  private OpenSipsFiles files(PbxSite site, OpenSips openSips) throws Exception {
    return new OpenSipsFiles(
        site,
        openSips,
        TemplateTest.siteDestinations(),
        around.maker(OpenSips.KIND, site, temporary.getRoot().toPath().toRealPath()));
  }

  private static String text(PbxConfiguration.Files made, String name) {
    return made.files().stream()
        .filter(file -> file.name().equals(name))
        .map(file -> new String(file.content().copy(), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
