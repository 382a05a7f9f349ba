package org.latchkey.doctor.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.latchkey.key.Secret;

/** Fetches a key with a one-time code, as any program does. */
final class KeyFetch {

  private static final int MOST_BYTES = 65_536;

  private final SSLContext context;
  private final Duration patience;

  /** Fetches from doors that {@code context} trusts. */
  KeyFetch(SSLContext context, Duration patience) {
    this.context = context;
    this.patience = patience;
  }

  /** The key that the code leads to; the caller closes it. */
  Probe fetch(URI doors, Secret code) throws IOException, Trouble {
    URI uri = doors.resolve("v1/keys");
    HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
    connection.setSSLSocketFactory(context.getSocketFactory());
    connection.setConnectTimeout((int) patience.toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setRequestProperty("Connection", "close");
    connection.setInstanceFollowRedirects(false);
    connection.setDoOutput(true);
    byte[] request = request(code);
    try {
      try (OutputStream out = connection.getOutputStream()) {
        out.write(request);
      }
      int status = connection.getResponseCode();
      if (status / 100 != 2) {
        throw new Trouble(
            "POST %s answered %d.".formatted(uri, status),
            "latchkey:status tells how the key agent is, latchkey:pending whether it refused.");
      }
      return read(connection);
    } finally {
      Arrays.fill(request, (byte) 0);
      connection.disconnect();
    }
  }

  private static Probe read(HttpsURLConnection connection) throws IOException {
    byte[] answer;
    try (InputStream in = connection.getInputStream()) {
      answer = in.readNBytes(MOST_BYTES);
    }
    try {
      return Probe.read(answer);
    } finally {
      Arrays.fill(answer, (byte) 0);
    }
  }

  private static byte[] request(Secret code) {
    byte[] before = "{\"code\":\"".getBytes(StandardCharsets.US_ASCII);
    byte[] middle = code.copy();
    byte[] after = "\"}".getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(before, before.length + middle.length + after.length);
    System.arraycopy(middle, 0, all, before.length, middle.length);
    System.arraycopy(after, 0, all, before.length + middle.length, after.length);
    Arrays.fill(middle, (byte) 0);
    return all;
  }
}
