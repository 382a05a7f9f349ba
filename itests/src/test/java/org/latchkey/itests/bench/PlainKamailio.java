package org.latchkey.itests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Folders;
import org.latchkey.itests.fixture.Peers;
import org.latchkey.itests.fixture.Ports;

/**
 * Debian's Kamailio as one has it without Latchkey: a registrar in memory, with a check of
 * Kamailio's own, as many processes that may wait for an answer, and the same digest settings.
 */
final class PlainKamailio implements AutoCloseable {

  /** As many as the processes that receive SIP or ask in the configuration of Latchkey. */
  private static final int CHILDREN = 16;

  private static final String CONFIGURATION =
      """
      #!KAMAILIO
      debug=2
      log_stderror=no
      children=%1$d
      disable_tcp=yes
      auto_aliases=no
      listen=udp:127.0.0.1:%2$d
      loadmodule "tm.so"
      loadmodule "sl.so"
      loadmodule "pv.so"
      loadmodule "maxfwd.so"
      loadmodule "textops.so"
      loadmodule "siputils.so"
      loadmodule "sanity.so"
      loadmodule "usrloc.so"
      loadmodule "registrar.so"
      loadmodule "nathelper.so"
      loadmodule "auth.so"
      modparam("auth", "qop", "auth")
      modparam("auth", "nonce_count", 1)
      modparam("auth", "nonce_expire", 300)
      modparam("usrloc", "use_domain", 1)
      modparam("registrar", "case_sensitive", 1)
      modparam("registrar", "default_expires", 600)
      modparam("registrar", "min_expires", 60)
      modparam("registrar", "max_expires", 3600)
      modparam("nathelper|registrar", "received_avp", "$avp(received)")
      %3$s
      request_route {
      \tif (!mf_process_maxfwd_header("70")) {
      \t\tsl_send_reply("483", "Too Many Hops");
      \t\texit;
      \t}
      \tif (!sanity_check("1511", "7")) exit;
      \tif (!is_method("REGISTER")) {
      \t\tsl_send_reply("200", "OK");
      \t\texit;
      \t}
      \tif (!%4$s) {
      \t\twww_challenge("localhost", "1");
      \t\texit;
      \t}
      \tforce_rport();
      \tfix_nated_register();
      \tsave("location");
      }
      """;

  private final Path folder;
  private final int port;
  private final Process process;

  private PlainKamailio(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** One that looks into a table of PostgreSQL. */
  static PlainKamailio overDatabase(PostgreSql database) throws IOException {
    String modules =
        """
        loadmodule "db_postgres.so"
        loadmodule "auth_db.so"
        modparam("auth_db", "db_url", "%s")
        modparam("auth_db", "calculate_ha1", 0)
        modparam("auth_db", "password_column", "ha1")
        modparam("auth_db", "load_credentials", "")
        modparam("auth_db", "use_domain", 0)
        """
            .formatted(database.url());
    return started(modules, "auth_check(\"localhost\", \"subscriber\", \"1\")");
  }

  /** One that asks FreeRADIUS; the same client library and settings as with Latchkey. */
  static PlainKamailio overRadius(FreeRadius server) throws IOException {
    String modules =
        """
        loadmodule "auth_radius.so"
        modparam("auth_radius", "radius_config", "%s")
        modparam("auth_radius", "append_realm_to_username", 0)
        """
            .formatted(server.clientConfiguration());
    return started(modules, "radius_www_authorize(\"localhost\")");
  }

  private static PlainKamailio started(String modules, String check) throws IOException {
    Peers.need("kamailio");
    Path folder = Files.createTempDirectory("latchkey-plain-kamailio");
    int port = Ports.free();
    Path configuration = folder.resolve("kamailio.cfg");
    Files.writeString(configuration, CONFIGURATION.formatted(CHILDREN, port, modules, check));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                List.of(
                    "kamailio",
                    "-DD",
                    "-E",
                    "-m",
                    System.getProperty("latchkey.kamailio.megabytes", "64"),
                    "-f",
                    configuration.toString(),
                    "-P",
                    folder.resolve("pid").toString(),
                    "-Y",
                    folder.toString()))
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(log.toFile())
            .start();
    PlainKamailio kamailio = new PlainKamailio(folder, port, process);
    try {
      Await.until(
          "Kamailio listens",
          Duration.ofSeconds(30),
          () -> process.isAlive() && Listening.udp(port) && process.children().count() > CHILDREN);
      return kamailio;
    } catch (AssertionError e) {
      String words = Files.readString(log);
      kamailio.close();
      throw new AssertionError(words, e);
    }
  }

  int port() {
    return port;
  }

  Process process() {
    return process;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Folders.delete(folder);
  }
}
