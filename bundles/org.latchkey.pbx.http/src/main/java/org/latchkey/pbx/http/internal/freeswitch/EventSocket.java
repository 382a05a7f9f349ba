package org.latchkey.pbx.http.internal.freeswitch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.latchkey.key.Secret;

/**
 * A connection to FreeSWITCH's mod_event_socket, inbound mode: for commands, or for events. By one
 * thread at a time; {@link #close} from any.
 */
final class EventSocket implements AutoCloseable {

  private static final int CONNECT_MILLIS = 500;
  private static final int MOST_HEADER_BYTES = 65_536;
  private static final int MOST_BODY_BYTES = 64 << 20;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /**
   * What FreeSWITCH sends.
   *
   * @param headers its header lines
   * @param body its body, empty when there is none
   */
  private record Message(Map<String, String> headers, String body) {
    String type() {
      return headers.getOrDefault("Content-Type", "");
    }
  }

  private EventSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /**
   * Connects and logs in.
   *
   * @param readMillis how long an answer may take
   */
  static EventSocket open(InetSocketAddress address, Secret password, int readMillis)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, CONNECT_MILLIS);
      socket.setSoTimeout(readMillis);
      socket.setTcpNoDelay(true);
      EventSocket opened = new EventSocket(socket);
      opened.logIn(password);
      return opened;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void logIn(Secret password) throws IOException {
    if (!read().type().equals("auth/request")) {
      throw new IOException("FreeSWITCH's event socket does not let this address in");
    }
    byte[] word = password.copy();
    byte[] line = Arrays.copyOf("auth ".getBytes(StandardCharsets.US_ASCII), 7 + word.length);
    System.arraycopy(word, 0, line, 5, word.length);
    line[line.length - 2] = '\n';
    line[line.length - 1] = '\n';
    out.write(line);
    Arrays.fill(word, (byte) 0);
    Arrays.fill(line, (byte) 0);
    if (!read().headers().getOrDefault("Reply-Text", "").startsWith("+OK")) {
      throw new IOException(
          "FreeSWITCH does not know the password of its event socket; write its configuration"
              + " anew");
    }
  }

  /**
   * Runs an API command.
   *
   * @return what it prints
   * @throws IOException when FreeSWITCH refuses it
   */
  String api(String command) throws IOException {
    write("api " + command);
    Message answer = read();
    if (!answer.type().equals("api/response") || answer.body().startsWith("-ERR")) {
      throw new IOException("FreeSWITCH refuses a command: " + answer.body().strip());
    }
    return answer.body();
  }

  /** Sends a command that is answered in one line: {@code event}, {@code sendevent}. */
  void send(String command) throws IOException {
    write(command);
    String reply = read().headers().getOrDefault("Reply-Text", "");
    if (!reply.startsWith("+OK")) {
      throw new IOException("FreeSWITCH refuses a command: " + reply);
    }
  }

  /** Waits for an event, for ever. */
  Map<String, String> event() throws IOException {
    socket.setSoTimeout(0);
    while (true) {
      Message message = read();
      if (message.type().equals("text/event-plain")) {
        return decoded(message.body());
      }
      if (message.type().equals("text/disconnect-notice")) {
        throw new EOFException("FreeSWITCH ends the connection");
      }
    }
  }

  private void write(String command) throws IOException {
    if (command.contains("\n\n") || command.indexOf('\r') >= 0) {
      throw new IOException("a command with an empty line in it");
    }
    out.write((command + "\n\n").getBytes(StandardCharsets.UTF_8));
  }

  private Message read() throws IOException {
    Map<String, String> headers = new HashMap<>();
    int left = MOST_HEADER_BYTES;
    for (String line = line(left); !line.isEmpty(); line = line(left)) {
      left -= line.length();
      int colon = line.indexOf(": ");
      if (colon > 0) {
        headers.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    String length = headers.getOrDefault("Content-Length", "0").strip();
    if (!length.matches("[0-9]{1,8}") || Integer.parseInt(length) > MOST_BODY_BYTES) {
      throw new IOException("FreeSWITCH's event socket sends a length that is none");
    }
    byte[] body = in.readNBytes(Integer.parseInt(length));
    if (body.length < Integer.parseInt(length)) {
      throw new EOFException("FreeSWITCH's event socket ends within a message");
    }
    return new Message(headers, new String(body, StandardCharsets.UTF_8));
  }

  private String line(int most) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() >= most) {
        throw new EOFException("FreeSWITCH's event socket ends within a message");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private static Map<String, String> decoded(String event) {
    Map<String, String> fields = new HashMap<>();
    for (String line : event.split("\n", -1)) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        fields.put(line.substring(0, colon), decodedValue(line.substring(colon + 2)));
      }
    }
    return fields;
  }

  private static String decodedValue(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
