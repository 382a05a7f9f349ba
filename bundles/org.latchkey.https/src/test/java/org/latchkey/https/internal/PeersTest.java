package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Programs of others at the phones' door, which check the certificate of the site's authority. */
public class PeersTest {

  @Rule public final TestSite site = new TestSite();

  @Before
  public void openTheDoors() {
    site.open().serving(TestResource.echo("/v1/keys"));
  }

  @Test
  public void curlTrustsTheSitesAuthority() throws Exception {
    assumeInstalled("/usr/bin/curl");
    for (String host : List.of("localhost", "127.0.0.1")) {
      for (String version : List.of("1.2", "1.3")) {
        Output curl =
            run(
                List.of(
                    "/usr/bin/curl",
                    "-sS",
                    "--tls-max",
                    version,
                    "--cacert",
                    site.tls("ca.pem").toString(),
                    "-d",
                    "hello",
                    "https://" + host + ':' + site.phones().getPort() + "/v1/keys"),
                "");
        assertTrue(curl.text(), curl.text().contains("POST /v1/keys hello"));
        assertEquals(0, curl.code());
      }
    }
  }

  @Test
  public void opensslVerifiesTheChainAndItsNameLimits() throws Exception {
    assumeInstalled("/usr/bin/openssl");
    Output good = openssl("-verify_hostname", "localhost", "-servername", "localhost");
    assertTrue(good.text(), good.text().contains("Verify return code: 0 (ok)"));
    Output other = openssl("-verify_hostname", "elsewhere.example.org");
    assertNotEquals(0, other.code());
  }

  @Test
  public void whateverNameAPeerAsksForInItsHelloIsFine() throws Exception {
    assumeInstalled("/usr/bin/openssl");
    for (String name : List.of("elsewhere.example.org", "127.0.0.1", "under_score", "::1", "a.")) {
      Output seen = openssl("-servername", name);
      assertTrue(name + seen.text(), seen.text().contains("Verify return code: 0 (ok)"));
    }
    Output none = openssl("-noservername");
    assertTrue(none.text(), none.text().contains("Verify return code: 0 (ok)"));
  }

  @Test
  public void aSecondHandshakeOnAConnectionIsRefused() throws Exception {
    assumeInstalled("/usr/bin/openssl");
    Output seen =
        run(
            List.of(
                "/usr/bin/openssl",
                "s_client",
                "-tls1_2",
                "-connect",
                "127.0.0.1:" + site.phones().getPort(),
                "-CAfile",
                site.tls("ca.pem").toString()),
            "R\n");
    String[] beforeAndAfter = seen.text().split("RENEGOTIATING", 2);
    assertTrue(seen.text(), beforeAndAfter[0].contains("depth=0"));
    assertFalse(seen.text(), beforeAndAfter[1].contains("depth=0"));
  }

  @Test
  public void theJdksClientTrustsTheSitesAuthority() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "site",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(
                    site.doors().caPem().getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    URI uri = site.doors().phones().resolve("v1/keys");
    assertEquals("GET /v1/keys ", fetched(context, uri));
  }

  private static String fetched(SSLContext context, URI uri) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  private Output openssl(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + site.phones().getPort(),
                "-CAfile",
                site.tls("ca.pem").toString(),
                "-verify_return_error"));
    command.addAll(List.of(options));
    return run(command, "Q\n");
  }

  private static void assumeInstalled(String program) {
    assumeTrue(program + " is not installed", Files.isExecutable(Path.of(program)));
  }

  private record Output(int code, String text) {}

  private static Output run(List<String> command, String input)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return new Output(process.exitValue(), text);
  }
}
