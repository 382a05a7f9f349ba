package org.latchkey.https.internal.certificate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusLine.Level;

/** The site's own authority through its years. */
public class OwnCertificatesTest {

  private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");
  private static final SiteNames LOCAL = new SiteNames("localhost", List.of(), List.of());
  private static final SiteNames SITE =
      new SiteNames("phones.example.org", List.of("10.0.0.5", "pbx.example.org"), List.of());

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path tls;

  @Before
  public void choosesAFolder() {
    tls = folder.getRoot().toPath().resolve("latchkey/tls");
  }

  @Test
  public void theFirstStartMakesAnAuthorityAndAServerCertificate() throws Exception {
    OwnCertificates made = refreshed(SITE, NOW);

    X509Certificate leaf = made.identity().orElseThrow().leaf();
    assertEquals(
        Set.of(
            "phones.example.org", "localhost", "127.0.0.1", "::1", "10.0.0.5", "pbx.example.org"),
        CertificateNames.of(leaf));
    assertEquals(NOW.minus(Duration.ofDays(2)), leaf.getNotBefore().toInstant());
    assertTrue(
        Duration.between(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()).toDays()
            <= 397);
    assertTrue(SiteAuthority.signed(root(), leaf));
    assertEquals(0, root().getBasicConstraints());
    assertEquals("2036-11-29", Validity.lastDay(root()).toString());
    assertEquals(Files.readString(tls.resolve("ca.pem")), made.caPem());
    assertEquals(List.of(Level.OK), levels(made, NOW));
  }

  @Test
  public void keysAreForTheirOwnerAlone() throws Exception {
    refreshed(SITE, NOW);

    assertEquals("rwx------", permissions(tls));
    assertEquals("rw-------", permissions(tls.resolve("ca.key")));
    assertEquals("rw-------", permissions(tls.resolve("server.key")));
    try (var files = Files.list(tls)) {
      assertEquals(
          Set.of("ca.pem", "ca.key", "server.pem", "server.key"),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  @Test
  public void theAuthorityIsLimitedToTheSite() throws Exception {
    refreshed(SITE, NOW);
    NameLimits limits = NameLimits.in(root());

    assertTrue(limits.permits("other.example.org"));
    assertTrue(limits.permits("127.9.9.9"));
    assertTrue(limits.permits("10.0.0.5"));
    assertFalse(limits.permits("example.com"));
    assertFalse(limits.permits("badexample.org"));
    assertFalse(limits.permits("10.0.0.6"));
    assertFalse(limits.permits("2001:db8::1"));
  }

  @Test
  public void aSecondStartChangesNothing() throws Exception {
    Identity first = refreshed(SITE, NOW).identity().orElseThrow();
    assertEquals(first, refreshed(SITE, NOW.plus(Duration.ofDays(30))).identity().orElseThrow());
  }

  @Test
  public void theServerCertificateIsRenewedBeforeItsEndAndTheAuthorityIsNot() throws Exception {
    OwnCertificates certificates = refreshed(SITE, NOW);
    Identity first = certificates.identity().orElseThrow();
    String authority = certificates.caPem();

    assertFalse(certificates.refresh(NOW.plus(Duration.ofDays(330))));
    Instant later = NOW.plus(Duration.ofDays(340));
    assertTrue(certificates.refresh(later));
    Identity second = certificates.identity().orElseThrow();
    assertNotEquals(first.leaf(), second.leaf());
    assertNotEquals(first.key(), second.key());
    assertEquals(authority, certificates.caPem());
    assertEquals(List.of(Level.OK), levels(certificates, later));
  }

  @Test
  public void aLostServerKeyIsMadeAnew() throws Exception {
    OwnCertificates certificates = refreshed(SITE, NOW);
    Files.delete(tls.resolve("server.key"));

    assertTrue(certificates.refresh(NOW));
    assertEquals(List.of(Level.OK), levels(certificates, NOW));
  }

  @Test
  public void aLostAuthorityKeyIsToldWhileTheServerCertificateGoesOn() throws Exception {
    OwnCertificates certificates = refreshed(SITE, NOW);
    Identity identity = certificates.identity().orElseThrow();
    String authority = certificates.caPem();
    Files.move(tls.resolve("ca.key"), tls.resolve("away"));

    OwnCertificates restarted = refreshed(SITE, NOW);
    assertEquals(identity, restarted.identity().orElseThrow());
    assertEquals(List.of(Level.WARNING), levels(restarted, NOW));

    restarted.refresh(NOW.plus(Duration.ofDays(380)));
    assertEquals(Level.FAULT, levels(restarted, NOW.plus(Duration.ofDays(380))).get(0));
    assertEquals(authority, restarted.caPem());
    assertFalse(Files.exists(tls.resolve("ca.key")));

    Files.move(tls.resolve("away"), tls.resolve("ca.key"));
    assertTrue(restarted.refresh(NOW.plus(Duration.ofDays(380))));
    assertEquals(List.of(Level.OK), levels(restarted, NOW.plus(Duration.ofDays(380))));
  }

  @Test
  public void aLostAuthorityIsNeverReplaced() throws Exception {
    refreshed(SITE, NOW);
    Files.delete(tls.resolve("ca.pem"));

    OwnCertificates restarted = refreshed(SITE, NOW);
    assertFalse(Files.exists(tls.resolve("ca.pem")));
    assertEquals(Level.FAULT, levels(restarted, NOW).get(0));
    assertTrue(restarted.status(NOW).get(0).words().contains("ca.pem is missing"));
    assertTrue(restarted.identity().isPresent());
  }

  @Test
  public void aStartThatBrokeOffBeforeTheAuthorityWasWrittenIsDoneAgain() throws Exception {
    refreshed(SITE, NOW);
    Files.delete(tls.resolve("ca.pem"));
    Files.delete(tls.resolve("server.pem"));

    assertEquals(List.of(Level.OK), levels(refreshed(SITE, NOW), NOW));
  }

  @Test
  public void anAuthorityOfThisMachineOnlyMakesRoomWhenAPublicNameIsSet() throws Exception {
    String old = refreshed(LOCAL, NOW).caPem();

    OwnCertificates named = refreshed(SITE, NOW);
    assertNotEquals(old, named.caPem());
    assertEquals(old, Files.readString(tls.resolve("ca-localhost.pem")));
    assertEquals(List.of(Level.OK), levels(named, NOW));
  }

  @Test
  public void makingRoomThatFailsOnTheWayIsDoneAgain() throws Exception {
    String old = refreshed(LOCAL, NOW).caPem();
    for (String wayside : List.of("ca-next.pem", "ca-localhost.key", "ca-localhost.pem")) {
      Path inTheWay = Files.createDirectory(tls.resolve(wayside));
      Files.createFile(inTheWay.resolve("something"));
      assertEquals(wayside, Level.FAULT, levels(refreshed(SITE, NOW), NOW).get(0));
      assertEquals("the old one stays", old, Files.readString(tls.resolve("ca.pem")));
      Files.delete(inTheWay.resolve("something"));
      Files.delete(inTheWay);
    }

    OwnCertificates named = refreshed(SITE, NOW);
    assertNotEquals(old, named.caPem());
    assertEquals(old, Files.readString(tls.resolve("ca-localhost.pem")));
    assertEquals(List.of(Level.OK), levels(named, NOW));
  }

  @Test
  public void makingRoomThatBrokeOffBetweenItsMovesIsFinished() throws Exception {
    String next = refreshed(SITE, NOW).caPem();
    Path key = Files.move(tls.resolve("ca.key"), folder.getRoot().toPath().resolve("key"));
    for (String file : List.of("ca.pem", "server.pem", "server.key")) {
      Files.delete(tls.resolve(file));
    }
    refreshed(LOCAL, NOW);
    Files.move(key, tls.resolve("ca.key"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(tls.resolve("ca-next.pem"), next);

    OwnCertificates named = refreshed(SITE, NOW);
    assertEquals(next, named.caPem());
    assertEquals(List.of(Level.OK), levels(named, NOW));
    assertFalse(Files.exists(tls.resolve("ca-next.pem")));
  }

  @Test
  public void aNameOutsideTheSiteIsNotCertified() throws Exception {
    String old = refreshed(SITE, NOW).caPem();

    OwnCertificates renamed =
        refreshed(new SiteNames("phones.example.com", List.of(), List.of()), NOW);
    assertEquals(old, renamed.caPem());
    assertEquals(Level.FAULT, levels(renamed, NOW).get(0));
    assertTrue(renamed.status(NOW).get(0).words().contains("phones.example.com"));
    assertTrue(renamed.identity().isPresent());
  }

  @Test
  public void aClockThatWasNeverSetMakesNothing() {
    OwnCertificates early = refreshed(SITE, Instant.EPOCH.plus(Duration.ofDays(1)));
    assertEquals(List.of(Level.FAULT), levels(early, Instant.EPOCH));
    assertFalse(Files.exists(tls));

    assertTrue(early.refresh(NOW));
    assertEquals(List.of(Level.OK), levels(early, NOW));
  }

  @Test
  public void aClockThatIsOffIsTold() {
    OwnCertificates made = refreshed(SITE, NOW);

    assertEquals(List.of(Level.WARNING), levels(made, NOW.minus(Duration.ofHours(3))));
    assertTrue(levels(made, NOW.minus(Duration.ofDays(9))).contains(Level.FAULT));
    assertTrue(levels(made, NOW.plus(Duration.ofDays(9999))).contains(Level.FAULT));
  }

  @Test
  public void aClockThatLeaptAheadAndCameBackLeavesAGoodCertificate() {
    OwnCertificates certificates = refreshed(SITE, NOW);
    Instant ahead = NOW.plus(Duration.ofDays(700));
    assertTrue(certificates.refresh(ahead));

    assertTrue(certificates.refresh(NOW));
    assertEquals(List.of(Level.OK), levels(certificates, NOW));
  }

  @Test
  public void aFolderThatCannotBeWrittenIsTold() throws Exception {
    Files.createDirectories(tls.getParent());
    Files.writeString(tls, "a file where the folder should be");

    OwnCertificates stuck = refreshed(SITE, NOW);
    assertEquals(List.of(Level.FAULT), levels(stuck, NOW));
    Files.delete(tls);
    assertTrue(stuck.refresh(NOW));
  }

  private OwnCertificates refreshed(SiteNames names, Instant now) {
    OwnCertificates certificates = new OwnCertificates(tls, names);
    certificates.refresh(now);
    return certificates;
  }

  private X509Certificate root() throws Exception {
    return PemFile.certificates(tls.resolve("ca.pem")).get(0);
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<Level> levels(OwnCertificates certificates, Instant now) {
    return certificates.status(now).stream().map(StatusLine::level).toList();
  }
}
