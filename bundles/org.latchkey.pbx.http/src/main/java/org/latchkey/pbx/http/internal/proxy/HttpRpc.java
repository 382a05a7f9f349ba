package org.latchkey.pbx.http.internal.proxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.key.Secret;
import org.latchkey.pbx.http.internal.kamailio.RpcWord;

/**
 * JSON-RPC 2.0 over HTTP to a SIP proxy on the loopback interface: Kamailio's {@code jsonrpcs} and
 * {@code xhttp}, OpenSIPS' {@code mi_http}. Each call ends within two seconds. Thread-safe.
 */
public final class HttpRpc implements Rpc {

  private static final int CONNECT_MILLIS = 500;
  private static final int READ_MILLIS = 1_500;
  private static final int MOST_BYTES = 64 << 20;

  /** What a proxy says when it has no such AOR, key or dialog. */
  private static final String NOT_FOUND =
      "(?i).*(not found|doesn't exist|no such key|no record|couldn't find).*";

  /** "Method Not Found" (JSON-RPC 2.0, section 5.1), which is a fault. */
  private static final Integer NO_SUCH_METHOD = -32601;

  private static final JSON READER =
      JSON.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .build())
          .build();

  private final String proxy;
  private final String address;
  private final RpcWord word;
  private final boolean wordIsPath;

  private HttpRpc(String proxy, String address, RpcWord word, boolean wordIsPath) {
    this.proxy = proxy;
    this.address = address;
    this.word = word;
    this.wordIsPath = wordIsPath;
  }

  /** To a proxy that reads the word as a bearer token, at the path {@code /latchkey}. */
  public static HttpRpc withBearer(String proxy, String address, RpcWord word) {
    return new HttpRpc(proxy, address, word, false);
  }

  /** To a proxy that reads no header: the word is the path. */
  public static HttpRpc withPath(String proxy, String address, RpcWord word) {
    return new HttpRpc(proxy, address, word, true);
  }

  @Override
  public Optional<Object> call(String method, List<?> params) throws IOException {
    byte[] body =
        JSON.std.asBytes(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params));
    Map<String, Object> answer = post(body);
    if (answer.get("error") instanceof Map<?, ?> error) {
      String message = String.valueOf(error.get("message"));
      if (message.matches(NOT_FOUND) && !NO_SUCH_METHOD.equals(error.get("code"))) {
        return Optional.empty();
      }
      throw new IOException(proxy + " refuses " + method + ": " + message);
    }
    return Optional.ofNullable(answer.get("result"));
  }

  private Map<String, Object> post(byte[] body) throws IOException {
    HttpURLConnection connection = opened();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      byte[] answer = in == null ? new byte[0] : in.readNBytes(MOST_BYTES);
      if (status == 404 || (wordIsPath && status == 400)) {
        throw new IOException(
            proxy + " does not know the password of its RPC; write its configuration anew");
      }
      // What phones wrote comes as it was: bytes that are no UTF-8 must not hide them from a
      // revocation.
      Map<String, Object> fields = READER.mapFrom(new String(answer, StandardCharsets.UTF_8));
      if (fields == null) {
        throw new IOException(proxy + "'s RPC answers nothing");
      }
      return fields;
    } catch (RuntimeException e) {
      throw new IOException(proxy + "'s RPC does not answer in JSON", e);
    }
  }

  /** The JDK wants a string here; it is the only place where the word becomes one. */
  private HttpURLConnection opened() throws IOException {
    try (Secret secret = word.read()) {
      byte[] bytes = secret.copy();
      String text = new String(bytes, StandardCharsets.US_ASCII);
      Arrays.fill(bytes, (byte) 0);
      URI uri = URI.create("http://" + address + "/" + (wordIsPath ? text : "latchkey"));
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      if (!wordIsPath) {
        connection.setRequestProperty("Authorization", "Bearer " + text);
      }
      return connection;
    }
  }
}
