package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.FactoryTrust.Authority;
import org.latchkey.key.RequestRefusedException;

/** How an administrator comes to trust a factory. */
public class FactoryDeskTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final FactoryCa root = FactoryCa.root("CN=Yealink Root CA");
  private TestSite site;
  private FactoryDesk desk;

  @Before
  public void aSite() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    desk = new FactoryDesk(site.parts);
  }

  @Test
  public void anAuthorityIsTrustedOnceItsFingerprintWasCompared() throws Exception {
    List<Authority> read = desk.read("yealink", root.pem());
    assertEquals("CN=Yealink Root CA", read.get(0).subject());
    assertTrue(read.get(0).sha256().matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"));
    assertEquals(List.of(), desk.authorities());
    refused("are others", () -> desk.trust("yealink", root.pem(), false, List.of("AB:CD"), "anna"));
    assertEquals(List.of(), desk.authorities());
    String typed = read.get(0).sha256().replace(":", "").toLowerCase(java.util.Locale.ROOT);
    desk.trust("yealink", root.pem(), false, List.of(typed), "anna");
    assertEquals(read, desk.authorities());
    assertTrue(site.audit.actions().contains("factory-authority.trusted"));
    Path file = site.folder.resolve("factory-trust");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    site.start();
    desk = new FactoryDesk(site.parts);
    assertEquals(read, desk.authorities());
    desk.distrust(typed, "anna");
    assertEquals(List.of(), desk.authorities());
    assertTrue(site.audit.actions().contains("factory-authority.removed"));
    refused("--list", () -> desk.distrust(typed, "anna"));
  }

  @Test
  public void eachCertificateOfAFileIsCompared() {
    FactoryCa other = FactoryCa.root("CN=Smuggled");
    byte[] both = FactoryCa.pem(root.certificate(), other.certificate());
    String print = desk.read("yealink", root.pem()).get(0).sha256();
    refused("are others", () -> desk.trust("yealink", both, false, List.of(print), "anna"));
  }

  @Test
  public void whatIsNoAuthorityOrTooWeakIsNotTaken() throws Exception {
    byte[] phone = FactoryCa.pem(root.device("CN=805ec0000001").chain().get(0));
    refused("is no authority", () -> desk.read("yealink", phone));
    refused("no certificate in PEM", () -> desk.read("yealink", new byte[] {0x30, 0x10}));
    byte[] rubbish =
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
            .getBytes(StandardCharsets.US_ASCII);
    refused("can't be read", () -> desk.read("yealink", rubbish));
    refused("There is no vendor 'yaelink'", () -> desk.read("yaelink", root.pem()));
    KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
    weak.initialize(1024);
    byte[] vpn = FactoryCa.pem(FactoryCa.signedBy("CN=VPN", weak.generateKeyPair()));
    refused("less than 2048 bits", () -> desk.read("grandstream", vpn));
  }

  @Test
  public void aFileThatOthersMayReadOrThatWasSpoiltTrustsNobody() throws Exception {
    String print = desk.read("yealink", root.pem()).get(0).sha256();
    desk.trust("yealink", root.pem(), false, List.of(print), "anna");
    Path file = site.folder.resolve("factory-trust");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(file, Files.readString(file) + "\n");
    assertEquals(List.of(), desk.authorities());
    String status = new PolicyStatus(site.parts).status().get(0).words();
    assertTrue(status, status.contains("can be read or written by others"));
    refused(
        "Put the file right",
        () -> desk.trust("yealink", root.pem(), false, List.of(print), "anna"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "vendor=yealink accept-expired=maybe\n");
    assertEquals(List.of(), desk.authorities());
    assertTrue(site.parts.policies().authorities().fault().isPresent());
  }

  @Test
  public void aFileOfWhichOneEntryIsSpoiltTrustsNobodyAndIsNotWrittenOver() throws Exception {
    FactoryCa other = FactoryCa.root("CN=Poly Root CA");
    String print = desk.read("yealink", root.pem()).get(0).sha256();
    desk.trust("yealink", root.pem(), false, List.of(print), "anna");
    String second = desk.read("poly", other.pem()).get(0).sha256();
    desk.trust("poly", other.pem(), false, List.of(second), "anna");
    Path file = site.folder.resolve("factory-trust");
    String whole = Files.readString(file);
    for (String spoilt :
        List.of(
            whole.replace("vendor=poly accept-expired=false", "vendor=poly accept-expired=no"),
            whole.replace("vendor=poly", "vendr=poly"))) {
      Files.writeString(file, spoilt);
      assertEquals(List.of(), desk.authorities());
      refused("Put the file right", () -> desk.distrust(print, "anna"));
      assertEquals(spoilt, Files.readString(file));
    }
    Files.writeString(file, whole);
    assertEquals(2, desk.authorities().size());
  }

  @Test
  public void nothingIsTrustedWithoutEvidence() {
    String print = desk.read("yealink", root.pem()).get(0).sha256();
    site.audit.broken(true);
    refused("audit log", () -> desk.trust("yealink", root.pem(), false, List.of(print), "anna"));
    assertEquals(List.of(), desk.authorities());
  }

  private static void refused(String words, Runnable action) {
    RequestRefusedException refused = assertThrows(RequestRefusedException.class, action::run);
    assertTrue(refused.getMessage(), String.valueOf(refused.getMessage()).contains(words));
  }
}
