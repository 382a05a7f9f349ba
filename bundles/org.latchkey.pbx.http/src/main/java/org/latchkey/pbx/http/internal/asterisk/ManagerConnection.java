package org.latchkey.pbx.http.internal.asterisk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.latchkey.key.Secret;
import org.latchkey.pbx.http.internal.kamailio.RpcWord;

/**
 * AMI over TCP on the loopback interface: lines of {@code Name: value}, an empty one behind each
 * message. A connection for each question, whose every answer comes within two seconds, and for
 * each who hears. Thread-safe.
 */
final class ManagerConnection implements ManagerInterface {

  private static final int CONNECT_MILLIS = 500;
  private static final int READ_MILLIS = 1_500;
  private static final int MOST_MESSAGES = 200_000;
  private static final int MOST_LINES = 200;

  private final InetSocketAddress address;
  private final RpcWord word;

  ManagerConnection(String address, RpcWord word) {
    int colon = address.lastIndexOf(':');
    this.address =
        new InetSocketAddress(
            address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    this.word = word;
  }

  @Override
  public List<List<Map<String, String>>> ask(Iterable<Action> actions) throws IOException {
    try (Socket socket = new Socket()) {
      BufferedReader in = opened(socket, "off");
      List<List<Map<String, String>>> answers = new ArrayList<>();
      for (Action action : actions) {
        send(socket.getOutputStream(), action);
        answers.add(answer(in));
      }
      return answers;
    }
  }

  @Override
  public void hear(String kind, Consumer<Map<String, String>> listener) throws IOException {
    // A channel, since an interrupt ends a read of one.
    try (Socket socket = SocketChannel.open().socket()) {
      BufferedReader in = opened(socket, kind);
      socket.setSoTimeout(0);
      while (true) {
        listener.accept(message(in));
      }
    }
  }

  private BufferedReader opened(Socket socket, String events) throws IOException {
    socket.connect(address, CONNECT_MILLIS);
    socket.setSoTimeout(READ_MILLIS);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String greeting = in.readLine();
    if (greeting == null || !greeting.startsWith("Asterisk Call Manager")) {
      throw new IOException("what listens there is no manager interface of Asterisk");
    }
    logIn(socket.getOutputStream(), events);
    if (!"Success".equals(message(in).get("Response"))) {
      throw new IOException(
          "Asterisk does not know the user latchkey or its password; write its configuration"
              + " anew");
    }
    return in;
  }

  private void logIn(OutputStream out, String events) throws IOException {
    try (Secret secret = word.read()) {
      byte[] bytes = secret.copy();
      out.write(ascii("Action: Login\r\nEvents: " + events + "\r\nUsername: latchkey\r\nSecret: "));
      out.write(bytes);
      out.write(ascii("\r\n\r\n"));
      out.flush();
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static void send(OutputStream out, Action action) throws IOException {
    StringBuilder text = new StringBuilder("Action: ").append(action.name()).append("\r\n");
    action
        .fields()
        .forEach((field, value) -> text.append(field).append(": ").append(value).append("\r\n"));
    out.write(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static List<Map<String, String>> answer(BufferedReader in) throws IOException {
    List<Map<String, String>> messages = new ArrayList<>();
    Map<String, String> message = message(in);
    messages.add(message);
    boolean isList = "start".equals(message.get("EventList"));
    while (isList && !"Complete".equals(message.get("EventList"))) {
      message = message(in);
      messages.add(message);
      if (messages.size() > MOST_MESSAGES) {
        throw new IOException("Asterisk's list has no end");
      }
    }
    return messages;
  }

  private static Map<String, String> message(BufferedReader in) throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (int lines = 0; lines < MOST_LINES; lines++) {
      String line = in.readLine();
      if (line == null) {
        throw new IOException("Asterisk ended the connection");
      }
      if (line.isEmpty() && !fields.isEmpty()) {
        return fields;
      }
      int colon = line.indexOf(": ");
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    throw new IOException("Asterisk's message has no end");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
