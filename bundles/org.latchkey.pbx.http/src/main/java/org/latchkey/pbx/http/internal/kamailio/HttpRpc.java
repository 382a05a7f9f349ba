package org.latchkey.pbx.http.internal.kamailio;

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

/**
 * JSON-RPC 2.0 over HTTP to Kamailio's {@code jsonrpcs} and {@code xhttp}, on the loopback
 * interface. Each call ends within two seconds. Thread-safe.
 */
final class HttpRpc implements Rpc {

  private static final int CONNECT_MILLIS = 500;
  private static final int READ_MILLIS = 1_500;
  private static final int MOST_BYTES = 64 << 20;

  /** What Kamailio says when it has no such AOR, key or dialog. */
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

  private final URI uri;
  private final RpcWord word;

  HttpRpc(String address, RpcWord word) {
    this.uri = URI.create("http://" + address + "/latchkey");
    this.word = word;
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
      throw new IOException("Kamailio refuses " + method + ": " + message);
    }
    return Optional.ofNullable(answer.get("result"));
  }

  private Map<String, Object> post(byte[] body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setFixedLengthStreamingMode(body.length);
    authorize(connection);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      byte[] answer = in == null ? new byte[0] : in.readNBytes(MOST_BYTES);
      if (status == 404) {
        throw new IOException(
            "Kamailio does not know the password of its RPC; write its configuration anew");
      }
      // What phones wrote comes as it was: bytes that are no UTF-8 must not hide them from a
      // revocation.
      Map<String, Object> fields = READER.mapFrom(new String(answer, StandardCharsets.UTF_8));
      if (fields == null) {
        throw new IOException("Kamailio's RPC answers nothing");
      }
      return fields;
    } catch (RuntimeException e) {
      throw new IOException("Kamailio's RPC does not answer in JSON", e);
    }
  }

  /** The JDK wants a string here; it is the only place where the word becomes one. */
  private void authorize(HttpURLConnection connection) throws IOException {
    try (Secret secret = word.read()) {
      byte[] bytes = secret.copy();
      connection.setRequestProperty(
          "Authorization", "Bearer " + new String(bytes, StandardCharsets.US_ASCII));
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
