package org.latchkey.pbx.http.internal.kamailio;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.door.PbxDoor;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.pbx.PbxConfiguration;

/** Kamailio's files are complete, and there are none without evidence and a certificate. */
public class KamailioFilesTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final List<String> audited = new ArrayList<>();
  private boolean auditWorks = true;
  private boolean authority = true;
  private String caPem = "the authority\n";
  private DestinationsConfiguration destinations = TemplateTest.destinations();
  private Path word;

  @Before
  public void aPlaceForTheWord() throws Exception {
    word = temporary.getRoot().toPath().toRealPath().resolve("latchkey").resolve("kamailio.rpc");
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
      try (Secret secret = new RpcWord(word, new Random(2)).read()) {
        assertEquals(new String(secret.copy(), StandardCharsets.US_ASCII), bearer);
      }
      assertFalse("RADIUS is off", text(made, 6).contains("LATCHKEY_RADIUS"));
      assertEquals(List.of("anna pbx.configured"), audited);
      assertFalse(made.notes().isEmpty());
    }
  }

  @Test
  public void withAnAdministratorsCertificateTheSystemsAuthoritiesAreTrusted() throws Exception {
    caPem = "";
    try (PbxConfiguration.Files made = make()) {
      assertTrue(text(made, 3).contains("\"cacert\", \"/etc/ssl/certs/ca-certificates.crt\""));
    }
  }

  @Test
  public void nothingIsMadeWithoutEvidence() {
    auditWorks = false;
    assertThrows(AuditUnavailableException.class, this::make);
  }

  @Test
  public void withoutAnAuthorityOrDestinationsItSaysWhatToDo() {
    authority = false;
    assertTrue(refusal().contains("ca.key"));
    authority = true;
    destinations = TemplateTest.destinations("112");
    assertTrue(refusal().contains("etc/org.latchkey.destinations.cfg"));
    assertEquals("nothing was made of the second", 1, audited.size());
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
        new Doors(),
        new Doors(),
        new Log(),
        new RpcWord(word, new Random(1)),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  private static String text(PbxConfiguration.Files made, int index) {
    return new String(made.files().get(index).content().copy(), StandardCharsets.UTF_8);
  }

  private final class Doors implements PbxDoor, PublicAddress {
    @Override
    public URI address() {
      return URI.create("https://pbx.example.org:8444/");
    }

    @Override
    public Optional<ClientCertificate> issue(String name) {
      assertEquals("Latchkey PBX kamailio", name);
      return authority
          ? Optional.of(new ClientCertificate("chain", Secret.ofText("key"), Instant.EPOCH))
          : Optional.empty();
    }

    @Override
    public Optional<SSLContext> tls() {
      return Optional.empty();
    }

    @Override
    public URI phones() {
      return URI.create("https://pbx.example.org:8443/");
    }

    @Override
    public String caPem() {
      return caPem;
    }

    @Override
    public Optional<Path> caFile() {
      return Optional.empty();
    }
  }

  private final class Log implements AuditLog {
    @Override
    public void append(AuditEntry entry) {
      if (!auditWorks) {
        throw new AuditUnavailableException("no disk", new IllegalStateException());
      }
      audited.add(entry.actor() + " " + entry.action());
    }

    @Override
    public void appendAll(List<AuditEntry> entries) {
      entries.forEach(this::append);
    }

    @Override
    public List<AuditRecord> search(AuditQuery query) {
      return List.of();
    }
  }
}
