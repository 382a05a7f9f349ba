package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.door.DoorResource;
import org.latchkey.https.internal.TestIdentities.Holder;

/** Which keys a phone's own certificate may have: the handshake checks a signature with it. */
public class ClientKeyTest {

  private static final DoorResource SERVED =
      TestResource.at(
          "/served",
          request -> TestResource.text(request.clientCertificates().size() + " certificates"));

  @Rule public final TestSite site = new TestSite();

  @Test
  public void phonesHaveRsaKeysOrKeysOfCurves() throws Exception {
    site.open().serving(SERVED);
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
    curve.initialize(384);
    KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    for (KeyPair pair : List.of(rsa.generateKeyPair(), curve.generateKeyPair(), edwards)) {
      for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
        try (Caller phone = showing(pair, protocol)) {
          assertEquals("2 certificates", phone.get("/served").body());
        }
      }
    }
  }

  @Test
  public void aKeyThatWasMadeToTakeLongEndsTheHandshake() throws Exception {
    site.open().serving(SERVED);
    KeyPairGenerator dsa = KeyPairGenerator.getInstance("DSA");
    dsa.initialize(2048);
    KeyPair old = dsa.generateKeyPair();
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      assertThrows(IOException.class, () -> showing(giant(), protocol).get("/served"));
    }
    assertThrows(IOException.class, () -> showing(old, "TLSv1.2").get("/served"));
  }

  private Caller showing(KeyPair pair, String protocol) throws Exception {
    Holder phone = TestIdentities.client(TestIdentities.authority("Factory"), "805EC0000001", pair);
    return Caller.showing(site.phones(), phone.key(), phone.chain(), protocol);
  }

  /** Quick to sign with and slow to check: its private exponent is small, its public one is not. */
  private static KeyPair giant() throws Exception {
    BigInteger small = BigInteger.valueOf(65_537);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    RSAPrivateCrtKey usual = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
    KeyFactory factory = KeyFactory.getInstance("RSA");
    return new KeyPair(
        factory.generatePublic(
            new RSAPublicKeySpec(usual.getModulus(), usual.getPrivateExponent())),
        factory.generatePrivate(new RSAPrivateKeySpec(usual.getModulus(), small)));
  }
}
