package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;

/** The digest against published examples. */
public class DigestVectorsTest {

  private static boolean fits(
      String header, DigestAlgorithm algorithm, String method, String word) {
    DigestCredentials credentials = DigestParser.parse(header);
    return DigestResponse.fits(
        credentials, algorithm, method, credentials.bytes(Parameter.REALM), Office.utf8(word));
  }

  /** RFC 7616 section 3.9.1; what RFC 8760 section 2 says is to be computed the same way. */
  private static String rfc7616(String algorithm, String response) {
    return "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\","
        + " algorithm="
        + algorithm
        + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001,"
        + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth,"
        + " response=\""
        + response
        + "\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
  }

  @Test
  public void theMd5ExampleOfRfc7616() {
    String header = rfc7616("MD5", "8ca523f5e9506fed4657c9700eebdbec");
    assertTrue(fits(header, DigestAlgorithm.MD5, "GET", "Circle of Life"));
    assertFalse(fits(header, DigestAlgorithm.MD5, "GET", "Circle of life"));
    assertFalse(fits(header, DigestAlgorithm.MD5, "PUT", "Circle of Life"));
  }

  @Test
  public void theSha256ExampleOfRfc7616() {
    String header =
        rfc7616("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    assertTrue(fits(header, DigestAlgorithm.SHA_256, "GET", "Circle of Life"));
    assertFalse(fits(header, DigestAlgorithm.SHA_256, "GET", "Circle of Life "));
  }

  /** RFC 2617 section 3.5, the example that RFC 3261 section 22.4 refers to. */
  @Test
  public void theExampleOfRfc2617() {
    assertTrue(
        fits(
            "Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\","
                + " qop=auth, nc=00000001, cnonce=\"0a4f113b\","
                + " response=\"6629fae49393a05397450978507c4ef1\","
                + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
            DigestAlgorithm.MD5,
            "GET",
            "Circle Of Life"));
  }
}
