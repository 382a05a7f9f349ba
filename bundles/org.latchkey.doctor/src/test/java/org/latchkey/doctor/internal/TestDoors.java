package org.latchkey.doctor.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.latchkey.door.PublicAddress;

/** An HTTPS door on loopback that answers {@code POST /v1/keys}, and a bare TLS port beside it. */
final class TestDoors implements PublicAddress, AutoCloseable {

  private static final char[] PASSWORD = "of-a-test".toCharArray();
  private static final Map<String, KeyStore> MADE = new HashMap<>();

  private final HttpsServer server;
  private final SSLServerSocket tls;
  private final Path caFile;

  /**
   * Opens both.
   *
   * @param name the name in the certificate
   * @param answer from the request's body to the answer's
   */
  TestDoors(Path folder, String name, Function<String, String> answer) throws Exception {
    KeyStore keys = keys(folder, name);
    SSLContext context = context(keys);
    caFile = folder.resolve("ca.pem");
    String base64 =
        Base64.getMimeEncoder().encodeToString(keys.getCertificate("server").getEncoded());
    Files.writeString(
        caFile, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/v1/keys", exchange -> reply(exchange, answer));
    server.start();
    tls =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread greeter = new Thread(this::greet, "test-tls");
    greeter.setDaemon(true);
    greeter.start();
  }

  /** The port that only shakes hands. */
  int tlsPort() {
    return tls.getLocalPort();
  }

  @Override
  public URI phones() {
    return URI.create("https://localhost:" + server.getAddress().getPort() + '/');
  }

  @Override
  public String caPem() {
    return "";
  }

  @Override
  public Optional<Path> caFile() {
    return Optional.of(caFile);
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    tls.close();
  }

  private void greet() {
    while (!tls.isClosed()) {
      try (SSLSocket socket = (SSLSocket) tls.accept()) {
        socket.startHandshake();
      } catch (IOException e) {
        // A phone that does not trust us hangs up; the next one is welcome.
      }
    }
  }

  private static void reply(HttpExchange exchange, Function<String, String> answer)
      throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      byte[] json = answer.apply(body).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(
          json.length == 0 ? 404 : 200, json.length == 0 ? -1 : json.length);
      exchange.getResponseBody().write(json);
    } finally {
      exchange.close();
    }
  }

  /** Making a key takes seconds, so tests share one per name. */
  private static synchronized KeyStore keys(Path folder, String name) throws Exception {
    KeyStore made = MADE.get(name);
    if (made != null) {
      return made;
    }
    Path store = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool made no key");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    MADE.put(name, keys);
    return keys;
  }

  private static SSLContext context(KeyStore keys) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
