package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.door.Door;
import org.latchkey.door.DoorResource;
import org.latchkey.door.PbxDoor;
import org.latchkey.https.internal.TestIdentities.Holder;
import org.latchkey.https.internal.connection.TlsEngine;

/** Who has to show a certificate, and what becomes of it. */
public class ClientCertificateTest {

  private static final DoorResource WHO =
      TestResource.at(
          "/who",
          request ->
              TestResource.text(
                  request.clientCertificates().isEmpty()
                      ? "nobody"
                      : request.clientCertificates().get(0).getSubjectX500Principal().getName()));

  @Rule public final TestSite site = new TestSite();

  @Test
  public void aPhoneWithoutACertificateIsServed() throws Exception {
    site.open().serving(WHO);
    try (Caller phone = Caller.at(site.phones())) {
      assertEquals("nobody", phone.get("/who").body());
    }
  }

  @Test
  public void aPhonesFactoryCertificateIsHandedOnWhoeverIssuedIt() throws Exception {
    site.open().serving(WHO);
    Holder phone = TestIdentities.client(TestIdentities.authority("Factory"), "805EC0000001");
    for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
      try (Caller caller = Caller.showing(site.phones(), phone.key(), phone.chain(), protocol)) {
        assertEquals("CN=805EC0000001", caller.get("/who").body());
      }
    }
  }

  @Test
  public void theNativeEngineHandsItOnToo() throws Exception {
    site.with(usual -> usual.speaking(TlsEngine.AUTO)).open().serving(WHO);
    Holder phone = TestIdentities.client(TestIdentities.authority("Factory"), "805EC0000001");
    try (Caller caller = Caller.showing(site.phones(), phone.key(), phone.chain(), "TLSv1.3")) {
      assertEquals("CN=805EC0000001", caller.get("/who").body());
    }
    assertThrows(IOException.class, () -> Caller.at(site.pbx()).get("/"));
  }

  @Test
  public void aPbxOfAKnownAuthorityGetsInAndFindsNothingYet() throws Exception {
    Holder authority = TestIdentities.authority("PBX authority");
    Holder pbx = TestIdentities.client(authority, "pbx1");
    site.with(usual -> usual.trusting(usual.base().resolve("pbx.pem")));
    site.write("pbx.pem", authority.certificateFile());
    site.open();
    try (Caller caller = Caller.showing(site.pbx(), pbx.key(), pbx.chain(), "TLSv1.3")) {
      assertEquals(404, caller.get("/").status());
      assertEquals(404, caller.get("/v1/keys").status());
    }
  }

  @Test
  public void phonesResourcesAreNotServedToPbxs() throws Exception {
    Holder authority = TestIdentities.authority("PBX authority");
    Holder pbx = TestIdentities.client(authority, "pbx1");
    site.with(usual -> usual.trusting(usual.base().resolve("pbx.pem")));
    site.write("pbx.pem", authority.certificateFile());
    site.open()
        .serving(WHO)
        .serving(new TestResource(Door.PBX, "/pbx", r -> TestResource.text("pbx only")));
    try (Caller caller = Caller.showing(site.pbx(), pbx.key(), pbx.chain(), "TLSv1.2")) {
      assertEquals(404, caller.get("/who").status());
      assertEquals("pbx only", caller.get("/pbx").body());
    }
    try (Caller phone = Caller.at(site.phones())) {
      assertEquals(404, phone.get("/pbx").status());
    }
  }

  @Test
  public void nobodyElseGetsInAtThePbxDoor() throws Exception {
    site.open();
    Holder stranger = TestIdentities.client(TestIdentities.authority("Somebody"), "pbx1");
    for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
      assertThrows(IOException.class, () -> Caller.speaking(site.pbx(), protocol).get("/"));
      assertThrows(
          IOException.class,
          () -> Caller.showing(site.pbx(), stranger.key(), stranger.chain(), protocol).get("/"));
    }
  }

  @Test
  public void anAuthorityOfPbxsIsKnownAsSoonAsItsFileIsThere() throws Exception {
    Holder authority = TestIdentities.authority("PBX authority");
    Holder pbx = TestIdentities.client(authority, "pbx1");
    site.with(usual -> usual.trusting(usual.base().resolve("pbx.pem"))).open();
    assertThrows(
        IOException.class,
        () -> Caller.showing(site.pbx(), pbx.key(), pbx.chain(), "TLSv1.3").get("/"));

    site.write("pbx.pem", authority.certificateFile());
    site.look();
    try (Caller caller = Caller.showing(site.pbx(), pbx.key(), pbx.chain(), "TLSv1.3")) {
      assertEquals(404, caller.get("/").status());
    }

    site.write("pbx.pem", "rubbish".getBytes(StandardCharsets.US_ASCII));
    site.look();
    try (Caller caller = Caller.showing(site.pbx(), pbx.key(), pbx.chain(), "TLSv1.3")) {
      assertEquals(404, caller.get("/").status());
    }
  }

  @Test
  public void aPbxGetsInWithTheCertificateThatTheSiteIssued() throws Exception {
    site.open().serving(new TestResource(Door.PBX, "/who", WHO::answer));
    PbxDoor.ClientCertificate issued = site.doors().issue("Latchkey PBX kamailio").orElseThrow();
    byte[] key =
        Base64.getMimeDecoder()
            .decode(
                new String(issued.keyPem().copy(), StandardCharsets.US_ASCII)
                    .replaceAll("-----[^-]+-----", ""));
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate one :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(issued.chainPem().getBytes(StandardCharsets.US_ASCII)))) {
      chain.add((X509Certificate) one);
    }
    PrivateKey privateKey =
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
    try (Caller pbx = Caller.showing(site.pbx(), privateKey, chain, "TLSv1.3")) {
      assertEquals("CN=Latchkey PBX kamailio", pbx.get("/who").body());
    }
    assertEquals(
        "for a client alone", List.of("1.3.6.1.5.5.7.3.2"), chain.get(0).getExtendedKeyUsage());
    assertEquals(site.pbx().getPort(), site.doors().address().getPort());
    assertThrows(IllegalArgumentException.class, () -> site.doors().issue(""));
  }
}
