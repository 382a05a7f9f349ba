package org.latchkey.itests.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.Folders;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;

/**
 * Debian's PostgreSQL with a cluster of its own, as it is after {@code initdb}, on the loopback
 * interface, with Kamailio's own table of subscribers. Runs as Debian's user {@code postgres},
 * since it does not run as root.
 */
final class PostgreSql implements AutoCloseable {

  private static final Path TABLES = Path.of("/usr/share/kamailio/postgres");

  private final Path folder;
  private final int port;
  private final Process process;

  private PostgreSql(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Makes a cluster, starts it, and fills the table with phones. */
  static PostgreSql started(List<ProvisionedKey> phones) throws IOException {
    Path folder = Files.createTempDirectory("latchkey-postgresql");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path data = folder.resolve("data");
    Files.createDirectory(data);
    Commands.run(
        Duration.ofSeconds(10), List.of("chown", "-R", "postgres:postgres", folder.toString()));
    String programs = programs();
    Commands.run(
        Duration.ofMinutes(2),
        asPostgres(programs + "initdb", "-D", data.toString(), "-A", "trust", "-E", "UTF8"));
    int port = Ports.free();
    Process process =
        new ProcessBuilder(
                asPostgres(
                    programs + "postgres",
                    "-D",
                    data.toString(),
                    "-p",
                    "" + port,
                    "-h",
                    "127.0.0.1",
                    "-k",
                    folder.toString()))
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    PostgreSql database = new PostgreSql(folder, port, process);
    try {
      Await.until("PostgreSQL listens", Duration.ofMinutes(1), () -> Listening.tcp(port));
      database.fill(phones);
      return database;
    } catch (AssertionError e) {
      database.close();
      throw e;
    }
  }

  private static String programs() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions.sorted().reduce((older, newer) -> newer).orElseThrow() + "/bin/";
    }
  }

  private static List<String> asPostgres(String... command) {
    List<String> all =
        new ArrayList<>(
            List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    all.addAll(List.of(command));
    return all;
  }

  private void fill(List<ProvisionedKey> phones) throws IOException {
    Path rows = folder.resolve("subscribers.sql");
    List<String> lines = new ArrayList<>();
    for (String made : List.of("standard-create.sql", "auth_db-create.sql")) {
      lines.add(Files.readString(TABLES.resolve(made)));
    }
    lines.add("COPY subscriber (username, domain, ha1) FROM stdin;");
    for (ProvisionedKey phone : phones) {
      Credentials of = phone.credentials();
      lines.add(String.join("\t", of.keyIdentifier(), of.realm(), ha1(of)));
    }
    lines.add("\\.");
    lines.add("VACUUM ANALYZE subscriber;");
    Files.write(rows, lines);
    List<String> psql = new ArrayList<>(List.of("psql", "-q", "-v", "ON_ERROR_STOP=1"));
    psql.addAll(List.of("-h", "127.0.0.1", "-p", "" + port, "-U", "postgres", "-f"));
    psql.add(rows.toString());
    Await.until(
        "PostgreSQL answers",
        Duration.ofMinutes(1),
        () ->
            Commands.result(
                        Duration.ofSeconds(10),
                        List.of("pg_isready", "-q", "-h", "127.0.0.1", "-p", "" + port))
                    .exit()
                == 0);
    Commands.run(Duration.ofMinutes(2), psql);
  }

  private static String ha1(Credentials of) {
    String text = of.keyIdentifier() + ':' + of.realm() + ':' + of.secret();
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** What Kamailio connects to. */
  String url() {
    return "postgres://postgres:none@127.0.0.1:" + port + "/postgres";
  }

  /** Its first process. */
  Process process() {
    return process;
  }

  /** Ends it at once, connected or not. */
  @Override
  public void close() throws IOException {
    try {
      Commands.run(Duration.ofSeconds(10), List.of("kill", "-QUIT", "" + process.pid()));
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Folders.delete(folder);
  }
}
