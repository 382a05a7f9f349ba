package org.latchkey.itests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Folders;
import org.latchkey.itests.fixture.Peers;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;

/**
 * Debian's FreeRADIUS in a process of its own, with the configuration of its package, and phones in
 * its {@code users} file. Sites and modules are the package's, or only those that a digest needs.
 */
final class FreeRadius implements AutoCloseable {

  private static final Path PACKAGE = Path.of("/etc/freeradius/3.0");

  private static final String CLIENT =
      """
      client kamailio {
      \tipaddr = 127.0.0.1
      \tsecret = %s
      \trequire_message_authenticator = no
      }
      """;

  private static final String BARE =
      """
      server default {
      \tlisten {
      \t\ttype = auth
      \t\tipaddr = 127.0.0.1
      \t\tport = %d
      \t}
      \tauthorize {
      \t\tdigest
      \t\tfiles
      \t}
      \tauthenticate {
      \t\tdigest
      \t}
      }
      """;

  private final Path folder;
  private final Process process;

  private FreeRadius(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param phones who may register, with secrets for passwords
   * @param clientFiles where {@code radiusclient.conf} and its companions are, made for Latchkey
   * @param asked the port that these files name
   * @param bare whether to leave out all that a digest does not need
   */
  static FreeRadius started(List<ProvisionedKey> phones, Path clientFiles, int asked, boolean bare)
      throws IOException {
    Peers.need("freeradius");
    Path folder = Files.createTempDirectory("latchkey-freeradius");
    int port = Ports.free();
    String secret = copyClientFiles(clientFiles, folder, asked, port);
    configure(folder.resolve("raddb"), port, secret, bare);
    users(folder.resolve("raddb/mods-config/files/authorize"), phones);
    Process process =
        new ProcessBuilder(
                List.of("freeradius", "-f", "-d", folder + "/raddb", "-l", folder + "/log"))
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    FreeRadius server = new FreeRadius(folder, process);
    try {
      Await.until(
          "FreeRADIUS listens",
          Duration.ofSeconds(30),
          () -> process.isAlive() && Listening.udp(port));
      return server;
    } catch (AssertionError e) {
      String words = Files.readString(folder.resolve("log"));
      server.close();
      throw new AssertionError(words, e);
    }
  }

  /** Kamailio's side, as Latchkey made it for itself; gives the shared secret. */
  private static String copyClientFiles(Path from, Path to, int asked, int port)
      throws IOException {
    for (String name : List.of("radiusclient.conf", "radius-servers", "radius-dictionary")) {
      String text = Files.readString(from.resolve(name));
      Files.writeString(
          to.resolve(name),
          text.replace(from.toString(), to.toString())
              .replace("127.0.0.1:" + asked, "127.0.0.1:" + port));
    }
    return Files.readAllLines(to.resolve("radius-servers")).stream()
        .filter(line -> line.startsWith("127.0.0.1"))
        .map(line -> line.split(" +", 2)[1].strip())
        .findFirst()
        .orElseThrow();
  }

  private static void configure(Path raddb, int port, String secret, boolean bare)
      throws IOException {
    Commands.run(
        Duration.ofSeconds(10), List.of("cp", "-rLT", PACKAGE.toString(), raddb.toString()));
    Path state = raddb.resolveSibling("state");
    Files.createDirectories(state.resolve("run/freeradius"));
    edit(
        raddb.resolve("radiusd.conf"),
        text ->
            text.replaceAll("(?m)^localstatedir *=.*", "localstatedir = " + state)
                .replaceAll("(?m)^logdir *=.*", "logdir = " + state)
                .replaceAll("(?m)^\\s+(user|group) = freerad$", ""));
    edit(raddb.resolve("clients.conf"), text -> CLIENT.formatted(secret));
    Files.delete(raddb.resolve("sites-enabled/inner-tunnel"));
    if (bare) {
      deleteOthers(raddb.resolve("mods-enabled"), Set.of("digest", "files", "expr", "always"));
    }
    edit(
        raddb.resolve("sites-enabled/default"),
        text -> bare ? BARE.formatted(port) : packaged(text, port));
  }

  /** The package's site at another port: the two that take questions, and no accounting. */
  private static String packaged(String site, int port) {
    return site.replaceAll("(?m)^\\s*#.*\n", "")
        .replaceAll("(?s)listen \\{\\s+ipv?6?addr = [^}]*?type = acct.*?\n\\}\n", "")
        .replaceAll("(?s)listen \\{\\s+type = auth\\s+ipv6addr.*?\n\\}\n", "")
        .replaceFirst("ipaddr = \\*", "ipaddr = 127.0.0.1")
        .replaceFirst("port = 0", "port = " + port);
  }

  private static void deleteOthers(Path folder, Set<String> kept) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (!kept.contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
  }

  private interface Change {
    String of(String text);
  }

  private static void edit(Path file, Change change) throws IOException {
    Files.writeString(file, change.of(Files.readString(file)));
  }

  private static void users(Path file, List<ProvisionedKey> phones) throws IOException {
    List<String> lines = new ArrayList<>();
    for (ProvisionedKey phone : phones) {
      lines.add(
          phone.credentials().keyIdentifier()
              + " Cleartext-Password := \""
              + phone.credentials().secret()
              + '"');
    }
    Files.write(file, lines);
  }

  /** What Kamailio's RADIUS client reads. */
  Path clientConfiguration() {
    return folder.resolve("radiusclient.conf");
  }

  /** Its process. */
  Process process() {
    return process;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Folders.delete(folder);
  }
}
