package org.latchkey.pbx.http.internal.freeswitch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An event socket with the answers that FreeSWITCH gives, by command. */
final class RecordedEventSocket implements AutoCloseable {

  final List<String> commands = new CopyOnWriteArrayList<>();
  final Map<String, String> answers = new LinkedHashMap<>();
  private final ServerSocket server;
  private final String password;
  private final LinkedBlockingQueue<Socket> listeners = new LinkedBlockingQueue<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  RecordedEventSocket(String password) throws IOException {
    this.password = password;
    this.server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** A registration in the list, as FreeSWITCH writes it. */
  static String listed(String callId, String user, String key) {
    return "Call-ID:    \t"
        + callId
        + "\nUser:       \t"
        + user
        + "@pbx.test\n"
        + "Contact:    \t\"\" <sip:"
        + user
        + "@192.0.2.1:5060>\nAgent:      \tphone/1.0\n"
        + "Status:     \tRegistered(UDP)(unknown) EXP(2026-11-26 05:05:00) EXPSECS(300)\n"
        + "Ping-Status:\tReachable\nPing-Time:\t0.00\nHost:       \tfs\nIP:         \t192.0.2.1\n"
        + "Port:       \t5060\nAuth-User:  \t"
        + key
        + "\nAuth-Realm: \tlatchkey\n"
        + "MWI-Account:\t"
        + user
        + "@pbx.test\n\n";
  }

  /** A list of registrations. */
  static String list(String... registrations) {
    String line = "=".repeat(97) + "\n";
    return "\nRegistrations:\n"
        + line
        + String.join("", registrations)
        + "Total items returned: "
        + registrations.length
        + "\n"
        + line;
  }

  /** Tells an event to who listens. */
  void tell(Map<String, String> fields) throws Exception {
    Socket listener = listeners.poll(10, TimeUnit.SECONDS);
    if (listener == null) {
      throw new AssertionError("nobody listens");
    }
    listeners.add(listener);
    StringBuilder event = new StringBuilder("Event-Name: CUSTOM\n");
    fields.forEach(
        (name, value) ->
            event
                .append(name)
                .append(": ")
                .append(TestSite.encoded(Map.of("x", value)).substring(2))
                .append('\n'));
    event.append('\n');
    write(
        listener,
        "Content-Length: " + event.length() + "\nContent-Type: text/event-plain\n\n" + event);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      write(socket, "Content-Type: auth/request\n\n");
      for (String command = read(in); !command.isEmpty(); command = read(in)) {
        answer(socket, command);
      }
    } catch (IOException e) {
      // The other side hung up.
    }
  }

  private void answer(Socket socket, String command) throws IOException {
    if (command.startsWith("auth ")) {
      boolean right = command.equals("auth " + password);
      write(
          socket,
          "Content-Type: command/reply\nReply-Text: "
              + (right ? "+OK accepted" : "-ERR invalid")
              + "\n\n");
      return;
    }
    commands.add(command);
    if (command.startsWith("api ")) {
      String body = answers.getOrDefault(command.substring(4), "-ERR no reply\n");
      write(socket, "Content-Type: api/response\nContent-Length: " + body.length() + "\n\n" + body);
      return;
    }
    write(socket, "Content-Type: command/reply\nReply-Text: +OK event listener enabled plain\n\n");
    if (command.startsWith("event ")) {
      listeners.add(socket);
    }
  }

  private static String read(BufferedReader in) throws IOException {
    StringBuilder command = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      command.append(command.isEmpty() ? "" : "\n").append(line);
    }
    return command.toString();
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "recorded-freeswitch");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
