package org.latchkey.audit.internal.syslog;

import static org.junit.Assert.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/**
 * A syslog collector on the loopback interface that demands a client certificate. Its own is for
 * the name {@code localhost}; for want of a second one the client uses the same.
 */
final class Collector extends ExternalResource {

  private static final String PASSWORD = "collector";

  private final TemporaryFolder folder = new TemporaryFolder();
  private final BlockingQueue<String> messages = new ArrayBlockingQueue<>(100);
  private @Nullable SSLServerSocket server;
  private volatile @Nullable SSLSocket connection;
  private boolean deaf;

  @Override
  protected void before() throws Throwable {
    folder.create();
    Files.writeString(passwordFile(), PASSWORD + "\n");
    keytool(
        "-genkeypair",
        "-alias",
        "own",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-validity",
        "2");
    keytool("-exportcert", "-alias", "own", "-rfc", "-file", authority());
    SSLContext context = TlsTrust.of(authority(), keyStore().toString(), passwordFile().toString());
    server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    server().setNeedClientAuth(true);
    Thread accepting = new Thread(this::accept, "collector");
    accepting.setDaemon(true);
    accepting.start();
  }

  @Override
  protected void after() {
    try {
      server().close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    folder.delete();
  }

  private SSLServerSocket server() {
    return Objects.requireNonNull(server);
  }

  int port() {
    return server().getLocalPort();
  }

  String authority() {
    return folder.getRoot().toPath().resolve("authority.pem").toString();
  }

  Path keyStore() {
    return folder.getRoot().toPath().resolve("own.p12");
  }

  Path passwordFile() {
    return folder.getRoot().toPath().resolve("own.pass");
  }

  /** The next message, without its length. */
  String next() throws InterruptedException {
    String message = messages.poll(20, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("no message came");
    }
    return message;
  }

  boolean isSilent() {
    return messages.isEmpty();
  }

  /** Leaves what comes after the next message to wait, or no longer. */
  synchronized void readNoMore(boolean now) {
    deaf = now;
    notifyAll();
  }

  private synchronized void awaitReading() throws InterruptedException {
    while (deaf) {
      wait();
    }
  }

  void hangUp() throws IOException {
    Objects.requireNonNull(connection).close();
  }

  private void accept() {
    while (!server().isClosed()) {
      try (SSLSocket accepted = (SSLSocket) server().accept()) {
        connection = accepted;
        DataInputStream in = new DataInputStream(accepted.getInputStream());
        while (true) {
          awaitReading();
          StringBuilder length = new StringBuilder();
          int digit = in.readUnsignedByte();
          while (digit != ' ') {
            length.append((char) digit);
            digit = in.readUnsignedByte();
          }
          byte[] message = new byte[Integer.parseInt(length.toString())];
          in.readFully(message);
          messages.add(new String(message, StandardCharsets.UTF_8));
        }
      } catch (IOException | InterruptedException e) {
        connection = null; // The peer has ended it, or the test this collector.
      }
    }
  }

  private void keytool(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(
        List.of(
            "-keystore", keyStore().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.newFile())
            .start();
    assertEquals(0, process.waitFor());
  }
}
