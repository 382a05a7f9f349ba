package org.latchkey.pbx.http.internal.proxy;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Secret;
import org.latchkey.pbx.http.internal.kamailio.RpcWord;

/** JSON-RPC as Kamailio's xhttp and OpenSIPS' mi_http take and answer it. */
public class HttpRpcTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private HttpServer server;
  private HttpRpc rpc;
  private Path file;
  private RpcWord word;
  private String path = "";
  private @Nullable String authorization = "";
  private String asked = "";
  private int status = 200;
  private String answer = "{\"jsonrpc\":\"2.0\",\"result\":\"kamailio 5.6.3\",\"id\":1}";

  @Before
  public void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    server.createContext(
        "/",
        exchange -> {
          path = exchange.getRequestURI().getPath();
          authorization = exchange.getRequestHeaders().getFirst("Authorization");
          asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] body = answer.getBytes(StandardCharsets.ISO_8859_1);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    Path base = temporary.getRoot().toPath().toRealPath();
    file = base.resolve("latchkey").resolve("kamailio.rpc");
    word = new RpcWord(base, "kamailio");
    rpc = HttpRpc.withBearer("Kamailio", address(), word);
  }

  @After
  public void end() {
    server.stop(0);
  }

  @Test
  public void aCommandIsAskedWithTheWordAndAnswered() throws Exception {
    assertEquals(Optional.of("kamailio 5.6.3"), rpc.call("core.version", List.of("a", 7)));
    assertTrue(asked, asked.contains("\"method\":\"core.version\""));
    assertTrue(asked, asked.contains("\"params\":[\"a\",7]"));
    assertEquals("Bearer " + Files.readString(file), authorization);
    assertEquals("/latchkey", path);
  }

  @Test
  public void aProxyThatReadsNoHeaderIsAskedAtAPathThatIsTheWord() throws Exception {
    HttpRpc byPath = HttpRpc.withPath("OpenSIPS", address(), word);
    assertEquals(Optional.of("kamailio 5.6.3"), byPath.call("core.version", List.of()));
    assertEquals("/" + Files.readString(file), path);
    assertNull("and nowhere else", authorization);
  }

  @Test
  public void anotherPathIsAnotherPasswordOnlyWhereTheWordIsThePath() throws Exception {
    status = 400;
    HttpRpc byPath = HttpRpc.withPath("OpenSIPS", address(), word);
    IOException refused =
        assertThrows(IOException.class, () -> byPath.call("core.version", List.of()));
    assertTrue(refused.getMessage(), refused.getMessage().contains("password"));
    answer = "{\"error\":{\"code\":-32600,\"message\":\"Invalid Request\"}}";
    assertTrue(fault(), fault().contains("Invalid Request"));
  }

  @Test
  public void whatIsNotThereIsNoFault() throws Exception {
    for (String message :
        List.of("AOR not found in location table", "Key name doesn't exist in htable.")) {
      answer = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":500,\"message\":\"" + message + "\"}}";
      assertEquals(message, Optional.empty(), rpc.call("ul.lookup", List.of()));
    }
  }

  @Test
  public void whatAPhoneWroteHidesNothingIfItIsNoText() throws Exception {
    answer = "{\"jsonrpc\":\"2.0\",\"result\":\"agent \u00ff, contact 1\",\"id\":1}";
    assertEquals(Optional.of("agent \ufffd, contact 1"), rpc.call("ul.dump", List.of()));
  }

  @Test
  public void anythingElseIsAFaultWithWords() {
    status = 404;
    assertTrue(fault().contains("write its configuration anew"));
    status = 200;
    answer = "{\"error\":{\"code\":-32601,\"message\":\"Method Not Found\"}}";
    assertTrue(fault().contains("Kamailio refuses"));
    for (String garbage : List.of("", "null", "[", "7", "[".repeat(1000))) {
      answer = garbage;
      assertTrue(garbage, fault() != null);
    }
    server.stop(0);
    assertTrue(fault() != null);
  }

  @Test
  public void theWordIsMadeOnceForItsOwnerAlone() throws Exception {
    String first = text();
    assertEquals(40, first.length());
    assertEquals(first, text());
    assertEquals(
        Map.of("kamailio.rpc", "rw-------"),
        Map.of(
            file.getFileName().toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file))));
    Files.writeString(file, "short");
    assertThrows(IOException.class, this::text);
    Files.delete(file);
    Files.createSymbolicLink(file, file.resolveSibling("elsewhere"));
    assertThrows(IOException.class, this::text);
  }

  private String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private String text() throws IOException {
    try (Secret secret = word.read()) {
      return new String(secret.copy(), StandardCharsets.US_ASCII);
    }
  }

  private String fault() {
    return assertThrows(IOException.class, () -> rpc.call("x.y", List.of())).getMessage();
  }
}
