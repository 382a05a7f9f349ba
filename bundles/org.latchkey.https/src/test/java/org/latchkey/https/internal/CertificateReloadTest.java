package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.https.internal.TestIdentities.Holder;
import org.latchkey.https.internal.certificate.SiteNames;

/** The administrator's own certificate, and what happens when its files change. */
public class CertificateReloadTest {

  @Rule public final TestSite site = new TestSite();

  private Holder authority;

  @Before
  public void theAdministratorHasACertificate() throws Exception {
    authority = TestIdentities.authority("Public authority");
    put(TestIdentities.server(authority, "localhost"));
    site.with(
        usual -> usual.own(usual.base().resolve("site.pem"), usual.base().resolve("site.key")));
  }

  @Test
  public void itIsShownAndTheSiteHasNoAuthorityThen() throws Exception {
    Holder shown = TestIdentities.server(authority, "localhost");
    put(shown);
    site.open();

    assertEquals(shown.chain().get(0), certificateSeen());
    assertEquals("", site.doors().caPem());
    assertFalse(site.doors().caFile().isPresent());
    assertFalse(Files.exists(site.tls("ca.pem")));
  }

  @Test
  public void aNewOneIsShownToNewConnectionsAndOldOnesGoOn() throws Exception {
    site.open().serving(TestResource.echo("/a"));
    Holder next = TestIdentities.server(authority, "localhost");
    try (Caller old = Caller.at(site.phones())) {
      assertEquals(200, old.get("/a").status());
      put(next);
      site.look();

      assertEquals(next.chain().get(0), certificateSeen());
      assertEquals(200, old.get("/a").status());
    }
  }

  @Test
  public void aBrokenNewOneLeavesTheOldOneInUseAndIsTold() throws Exception {
    Holder good = TestIdentities.server(authority, "localhost");
    put(good);
    site.open();
    List<String> mistakes =
        List.of(
            "rubbish",
            "",
            TestIdentities.server(authority, "localhost").certificatePem(),
            good.certificatePem().substring(0, 200));
    for (String mistake : mistakes) {
      site.write("site.pem", mistake.getBytes(StandardCharsets.US_ASCII));
      site.look();
      assertEquals(good.chain().get(0), certificateSeen());
      assertTrue(site.status(), site.status().startsWith("FAULT: "));
      assertTrue(site.status(), site.status().contains("the one read before stays in use"));
    }
    put(good);
    site.look();
    assertFalse(site.status(), site.status().contains("FAULT"));
  }

  @Test
  public void aFileWhoseCertificatesAreInNoOrderIsPutInOrder() throws Exception {
    Holder good = TestIdentities.server(authority, "localhost");
    Holder stranger = TestIdentities.authority("Somebody else");
    site.write(
        "site.pem",
        (stranger.certificatePem() + good.certificatePem() + stranger.certificatePem())
            .concat(authority.certificatePem())
            .getBytes(StandardCharsets.US_ASCII));
    site.write("site.key", good.keyFile());
    site.open();

    try (Caller caller = Caller.at(site.phones())) {
      assertEquals(
          List.of(good.chain().get(0), authority.chain().get(0)), caller.serverCertificates());
    }
    assertFalse(site.status(), site.status().contains("FAULT"));
  }

  @Test
  public void aKeyThatEveryUserCanReadIsTold() throws Exception {
    Path key = site.base().resolve("site.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    site.open();
    assertTrue(site.status(), site.status().contains("chmod o-rwx " + key));

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertFalse(site.status(), site.status().contains("chmod"));
  }

  @Test
  public void withoutAUsableOneTheDoorsStayShutUntilThereIsOne() throws Exception {
    Files.delete(site.base().resolve("site.key"));
    site.open();
    assertEquals(List.of(), site.doors().openPorts());
    assertTrue(site.status(), site.status().contains("site.key is missing"));

    Holder good = TestIdentities.server(authority, "localhost");
    put(good);
    site.look();
    assertEquals(good.chain().get(0), certificateSeen());
  }

  @Test
  public void aNameThatIsNotInItIsTold() {
    site.with(
        usual ->
            usual
                .own(usual.base().resolve("site.pem"), usual.base().resolve("site.key"))
                .named(new SiteNames("phones.example.org", List.of(), List.of())));
    site.open();
    assertTrue(site.status(), site.status().startsWith("WARNING: "));
    assertTrue(site.status(), site.status().contains("does not name phones.example.org"));
  }

  @Test
  public void oneThatIsOverOrNotYetOrNearlyOverIsTold() throws Exception {
    Instant now = Instant.now();
    Duration week = Duration.ofDays(7);
    put(TestIdentities.server(authority, "localhost", now.minus(week), now.minusSeconds(60)));
    site.open();
    assertTrue(site.status(), site.status().startsWith("FAULT: "));
    assertTrue(site.status(), site.status().contains("has expired on "));

    put(TestIdentities.server(authority, "localhost", now.plus(week), now.plus(week.plus(week))));
    site.look();
    assertTrue(site.status(), site.status().contains("is not valid before "));

    put(TestIdentities.server(authority, "localhost", now.minus(week), now.plus(week)));
    site.look();
    assertTrue(site.status(), site.status().contains("WARNING: The certificate in "));
    assertTrue(site.status(), site.status().contains(" ends on "));
  }

  private X509Certificate certificateSeen() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      return caller.serverCertificate();
    }
  }

  private void put(Holder holder) throws Exception {
    site.write("site.pem", holder.certificateFile());
    site.write("site.key", holder.keyFile());
  }
}
