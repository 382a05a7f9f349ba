package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.KeyRequest;

/** What a phone's factory certificate proves, and what it doesn't. */
public class FactoryCertificatesTest {

  private static final String MAC = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final FactoryCa root = FactoryCa.root("CN=Yealink Root CA,O=Yealink");
  private final FactoryCa issuing = root.issuing("CN=Yealink Equipment Issuing CA,O=Yealink");
  private TestSite site;
  private FactoryDesk desk;
  private FactoryCertificates certificates;

  @Before
  public void aSiteThatTrustsAFactory() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    desk = new FactoryDesk(site.parts);
    certificates = new FactoryCertificates(site.parts.policies().authorities(), site.clock);
    trust("yealink", root, false);
  }

  @Test
  public void aCertificateOfItsFactoryProvesTheDeviceInAnySpelling() {
    for (String name : List.of("805ec0000001", "80:5E:C0:00:00:01", "80-5e-c0-00-00-01")) {
      assertEquals("proved", verdict("yealink", issuing.device("CN=" + name).chain()));
    }
    assertEquals("proved", verdict("yealink", root.device("CN=" + MAC + ",O=Yealink").chain()));
    assertEquals("none", verdict("yealink", List.of()));
  }

  @Test
  public void aGenericCertificateIsNoIdentity() {
    for (String name : List.of("CN=Yealink", "CN=*", "O=Yealink", "CN=", "CN=phone " + MAC)) {
      assertEquals(name, "NAMELESS_CERTIFICATE", verdict("yealink", issuing.device(name).chain()));
    }
    String two = "CN=" + MAC + ",CN=805ec0000002";
    assertEquals("NAMELESS_CERTIFICATE", verdict("yealink", issuing.device(two).chain()));
  }

  @Test
  public void anotherDevicesCertificateIsRefusedByPathAndByUserAgent() {
    assertEquals(
        "OTHER_CERTIFICATE", verdict("yealink", issuing.device("CN=805ec0000002").chain()));
    List<X509Certificate> own = issuing.device("CN=" + MAC).chain();
    assertEquals("OTHER_CERTIFICATE", verdict("yealink", own, "SIP-T54W 96.8 80:5e:c0:00:00:02"));
    assertEquals("proved", verdict("yealink", own, "SIP-T54W 96.8 80:5E:C0:00:00:01"));
    assertEquals("proved", verdict("yealink", own, "SIP-T54W 96.86.0.70"));
  }

  @Test
  public void anAuthorityCountsForItsOwnVendorAlone() {
    List<X509Certificate> chain = issuing.device("CN=" + MAC).chain();
    assertEquals("UNKNOWN_CERTIFICATE", verdict("poly", chain));
    trust("poly", FactoryCa.root("CN=Snom"), false);
    assertEquals("UNKNOWN_CERTIFICATE", verdict("poly", chain));
    FactoryCa stranger = FactoryCa.root("CN=Yealink Root CA,O=Yealink");
    assertEquals(
        "the key is what counts, not the name",
        "UNKNOWN_CERTIFICATE",
        verdict("yealink", stranger.device("CN=" + MAC).chain()));
  }

  @Test
  public void aPhonesKeySignsNoOtherPhone() {
    FactoryCa.Device phone = issuing.device("CN=805ec0000002");
    assertEquals("UNKNOWN_CERTIFICATE", verdict("yealink", phone.forged("CN=" + MAC)));
    FactoryCa named = root.issuing("CN=" + MAC);
    assertEquals(
        "an authority is no phone",
        "UNKNOWN_CERTIFICATE",
        verdict("yealink", List.of(named.certificate())));
  }

  @Test
  public void anExpiredCertificateCountsOnlyWithTheFlagOfItsAuthority() {
    Instant start = Instant.parse("2021-01-01T00:00:00Z");
    List<X509Certificate> old =
        issuing.device("CN=" + MAC, start, Instant.parse("2026-11-25T11:59:00Z")).chain();
    assertEquals("EXPIRED_CERTIFICATE", verdict("yealink", old));
    List<X509Certificate> future =
        issuing
            .device("CN=" + MAC, site.now().plusSeconds(60), Instant.parse("2040-01-01T00:00:00Z"))
            .chain();
    assertEquals("UNKNOWN_CERTIFICATE", verdict("yealink", future));
    trust("yealink", root, true);
    assertEquals("proved", verdict("yealink", old));
    assertEquals("UNKNOWN_CERTIFICATE", verdict("yealink", future));
    assertEquals(
        "NAMELESS_CERTIFICATE",
        verdict("yealink", issuing.device("CN=Yealink", start, start.plusSeconds(9)).chain()));
  }

  @Test
  public void anAuthorityThatHasExpiredVouchesForNobodyWithoutTheFlag() {
    Instant start = Instant.parse("2010-01-01T00:00:00Z");
    FactoryCa old = FactoryCa.root("CN=Old", start, Instant.parse("2026-01-01T00:00:00Z"));
    trust("yealink", old, false);
    List<X509Certificate> chain =
        old.device("CN=" + MAC, start, Instant.parse("2050-01-01T00:00:00Z")).chain();
    assertEquals("EXPIRED_CERTIFICATE", verdict("yealink", chain));
    trust("yealink", old, true);
    assertEquals("proved", verdict("yealink", chain));
  }

  @Test
  public void eachVendorHasTheAddressInItsOwnPlace() {
    trust("cisco", root, false);
    trust("grandstream", root, false);
    trust("poly", root, false);
    String cisco = "OU=CP-8841-3PCC,L=FCH0000AAAA,ST=" + MAC;
    assertEquals("proved", verdict("cisco-mpp", root.device(cisco).chain()));
    assertEquals("proved", verdict("cisco-spa", root.device(cisco).chain()));
    assertEquals("NAMELESS_CERTIFICATE", verdict("cisco-mpp", root.device("CN=" + MAC).chain()));
    assertEquals("NAMELESS_CERTIFICATE", verdict("yealink", root.device(cisco).chain()));
    assertEquals("NAMELESS_CERTIFICATE", verdict("grandstream", root.device("CN=" + MAC).chain()));
    String grandstream = "CN=" + MAC + ",O=\"Grandstream Networks, Inc.\"";
    assertEquals("proved", verdict("grandstream", root.device(grandstream).chain()));
    assertEquals("proved", verdict("poly", root.device("CN=" + MAC + ",O=Polycom Inc.").chain()));
    assertEquals("NAMELESS_CERTIFICATE", verdict("poly", root.device("CN=" + MAC).chain()));
  }

  @Test
  public void theChainMayComeInAnyOrderAndLackWhatWasImported() {
    List<X509Certificate> chain = issuing.device("CN=" + MAC).chain();
    assertEquals("UNKNOWN_CERTIFICATE", verdict("yealink", chain.subList(0, 1)));
    List<X509Certificate> mixed = new ArrayList<>(chain);
    Collections.swap(mixed, 1, 2);
    mixed.add(FactoryCa.root("CN=Somebody").certificate());
    assertEquals("proved", verdict("yealink", mixed));
    desk.distrust(new FactoryAuthority("", false, root.certificate()).sha256(), "anna");
    assertEquals("UNKNOWN_CERTIFICATE", verdict("yealink", chain));
    trust("yealink", issuing, false);
    assertEquals("proved", verdict("yealink", chain.subList(0, 1)));
    FactoryCa sibling = root.issuing("CN=Yealink Equipment Issuing CA 2,O=Yealink");
    assertEquals(
        "the issuer's key is pinned",
        "UNKNOWN_CERTIFICATE",
        verdict("yealink", sibling.device("CN=" + MAC).chain()));
  }

  @Test
  public void aMazeOfCertificatesLeadsNowhere() {
    FactoryCa a = FactoryCa.root("CN=A");
    List<X509Certificate> maze = new ArrayList<>(a.device("CN=" + MAC).chain());
    for (int i = 0; i < 8; i++) {
      maze.add(FactoryCa.root("CN=A").certificate());
    }
    assertEquals("UNKNOWN_CERTIFICATE", verdict("yealink", maze));
    FactoryCa deep = root;
    for (int i = 0; i < 8; i++) {
      deep = deep.issuing("CN=Deep " + i);
    }
    assertEquals("UNKNOWN_CERTIFICATE", verdict("yealink", deep.device("CN=" + MAC).chain()));
  }

  /**
   * As many as {@code -Dlatchkey.fuzz} says, at 1 to 2 ms of a processor each. What is signed
   * counts: a bit of the signature's own wrapping can be read in two ways.
   */
  @Test
  public void oneAlteredByteProvesNothing() throws Exception {
    Random random = new Random(25);
    FactoryCa.Device phone = issuing.device("CN=" + MAC);
    int tried = Integer.getInteger("latchkey.fuzz", 2_000);
    for (int i = 0; i < tried; i++) {
      List<X509Certificate> chain = new ArrayList<>(phone.chain().subList(0, 2));
      int which = random.nextInt(2);
      X509Certificate original = chain.get(which);
      byte[] der = original.getEncoded();
      int at = random.nextInt(der.length);
      der[at] ^= (byte) (1 + random.nextInt(255));
      try {
        chain.set(which, FactoryCa.read(der));
      } catch (GeneralSecurityException e) {
        continue;
      }
      assertFalse(
          "byte " + at + " of " + which,
          verdict("yealink", chain).equals("proved")
              && !Arrays.equals(
                  original.getTBSCertificate(), chain.get(which).getTBSCertificate()));
    }
  }

  private void trust(String vendor, FactoryCa ca, boolean acceptExpired) {
    String print = new FactoryAuthority(vendor, acceptExpired, ca.certificate()).sha256();
    assertTrue(desk.trust(vendor, ca.pem(), acceptExpired, List.of(print), "anna").size() == 1);
  }

  private String verdict(String profile, List<X509Certificate> chain) {
    return verdict(profile, chain, "");
  }

  private String verdict(String profile, List<X509Certificate> chain, String userAgent) {
    KeyRequest request =
        KeyRequest.from(InetAddress.getLoopbackAddress(), profile)
            .clientCertificates(chain)
            .userAgent(userAgent)
            .build();
    FactoryCertificates.Verdict verdict = certificates.on(request, MAC);
    if (!verdict.shown()) {
      return "none";
    }
    assertEquals(verdict.fault().isEmpty(), verdict.proves());
    return verdict.fault().map(DenialReason::name).orElse("proved");
  }
}
