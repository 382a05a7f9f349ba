package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
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
import org.latchkey.pbx.http.internal.kamailio.TemplateTest;

/** Asterisk's files are complete, and there are none without evidence and a certificate. */
public class AsteriskMakerTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final List<String> audited = new ArrayList<>();
  private boolean auditWorks = true;
  private boolean authority = true;
  private String caPem = "the authority\n";
  private String door = "https://pbx.example.org:8444/";

  @Test
  public void allThatAsteriskAndItsHaproxyNeedIsThere() {
    Map<String, String> files = make();
    assertEquals("chain\nkey\n", files.get("client.pem"));
    assertEquals(caPem, files.get("ca.pem"));
    for (String name :
        List.of(
            "extconfig-16.conf", "extconfig-22.conf", "pjsip-16.conf", "pjsip-global-22.conf")) {
      assertTrue(name, files.containsKey(name));
    }
    String haproxy = files.getOrDefault("haproxy.cfg", "");
    String word = haproxy.replaceAll("(?s).* uri /asterisk/([0-9a-f]{40})/22/.*", "$1");
    assertTrue(
        files
            .getOrDefault("extconfig-22.conf", "")
            .contains("curl,http://127.0.0.1:8447/asterisk/" + word + "/22/ps_auths\n"));
    assertTrue(haproxy.contains(" verify required verifyhost pbx.example.org\n"));
    assertTrue(
        files
            .getOrDefault("latchkey-haproxy.service", "")
            .contains("\nExecStart=/usr/sbin/haproxy -db -f /etc/asterisk/latchkey/haproxy.cfg\n"));
    assertEquals(List.of("anna pbx.configured"), audited);
  }

  @Test
  public void haproxyLooksForANameInTheCertificateSinceItKnowsNoAddresses() {
    door = "https://192.0.2.7:8444/";
    String haproxy = make().getOrDefault("haproxy.cfg", "");
    assertTrue(haproxy, haproxy.contains(" verifyhost localhost\n"));
    assertTrue(haproxy, haproxy.contains(" server door 192.0.2.7:8444 check maxconn 32\n"));
    caPem = "";
    assertTrue(refusal().contains("publicName"));
    door = "https://pbx.example.org:8444/";
    assertTrue(
        make()
            .getOrDefault("haproxy.cfg", "")
            .contains(" ca-file /etc/ssl/certs/ca-certificates.crt "));
  }

  @Test
  public void nothingIsMadeWithoutEvidenceOrAnAuthority() {
    authority = false;
    assertTrue(refusal().contains("ca.key"));
    auditWorks = false;
    assertThrows(AuditUnavailableException.class, this::make);
  }

  @Test
  public void aPlaceThatCouldEndATextIsRefused() {
    for (String place : List.of("latchkey", "/etc/a b", "/etc/\"x", "/etc/${x}", "/etc/x\ny")) {
      assertThrows(
          place, RequestRefusedException.class, () -> maker().make(Path.of(place), "anna", ""));
    }
    assertTrue(audited.isEmpty());
  }

  private String refusal() {
    return assertThrows(RequestRefusedException.class, this::make).getMessage();
  }

  private Map<String, String> make() {
    Map<String, String> texts = new LinkedHashMap<>();
    try (PbxConfiguration.Files made =
        maker().make(Path.of("/etc/asterisk/latchkey"), "anna", "First")) {
      made.files()
          .forEach(
              file ->
                  texts.put(
                      file.name(), new String(file.content().copy(), StandardCharsets.UTF_8)));
    }
    return texts;
  }

  private AsteriskMaker maker() {
    return new AsteriskMaker(
        Place.SITE,
        new Asterisk(Place.settings("MD5")),
        TemplateTest.siteDestinations(),
        new Doors(),
        new Doors(),
        new Log(),
        temporary.getRoot().toPath(),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  private final class Doors implements PbxDoor, PublicAddress {
    @Override
    public URI address() {
      return URI.create(door);
    }

    @Override
    public Optional<ClientCertificate> issue(String name) {
      assertEquals("Latchkey PBX asterisk", name);
      return authority
          ? Optional.of(new ClientCertificate("chain\n", Secret.ofText("key\n"), Instant.EPOCH))
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
