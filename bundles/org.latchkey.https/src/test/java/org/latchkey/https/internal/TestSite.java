package org.latchkey.https.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.latchkey.door.Door;
import org.latchkey.door.DoorResource;
import org.latchkey.https.internal.certificate.SiteNames;
import org.latchkey.https.internal.connection.Deadlines;
import org.latchkey.https.internal.connection.DoorSettings;
import org.latchkey.https.internal.connection.TlsEngine;
import org.latchkey.https.internal.token.BearerTokens;

/** A site with both doors open on free ports of the loopback address. */
public final class TestSite extends ExternalResource {

  static final Deadlines PATIENT =
      new Deadlines(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  private final TemporaryFolder folder = new TemporaryFolder();
  private UnaryOperator<TestSettings> settings = same -> same;
  private Optional<DoorSettings> bootstrap = Optional.empty();
  private ManualUpkeep upkeep;
  private HttpsDoors doors;
  private BearerTokens tokens;
  final TestAudit audit = new TestAudit();

  /** The doors with other settings than the usual ones; before they open. */
  TestSite with(UnaryOperator<TestSettings> changed) {
    settings = changed;
    return this;
  }

  /** The doors with a listener without TLS beside them; before they open. */
  TestSite withBootstrap(Deadlines deadlines) {
    bootstrap =
        Optional.of(new DoorSettings(Door.BOOTSTRAP, "127.0.0.1", 0, 20, 10, 1, 4, deadlines));
    return this;
  }

  @Override
  protected void before() throws Throwable {
    folder.create();
  }

  @Override
  protected void after() {
    close();
    folder.delete();
  }

  /** Opens the doors and waits until they are. */
  TestSite open() {
    return open(Clock.systemUTC());
  }

  TestSite open(Clock clock) {
    upkeep = new ManualUpkeep();
    HttpsSettings set = settings.apply(new TestSettings(base())).build(bootstrap);
    tokens = new BearerTokens(base().resolve("latchkey/tls"), clock, new SecureRandom());
    tokens.auditLog(audit);
    doors = new HttpsDoors(set, tokens, clock, System::nanoTime, upkeep);
    upkeep.settle();
    return this;
  }

  void close() {
    if (doors != null) {
      doors.close();
      doors = null;
    }
  }

  /** The doors look at their files and ports now. */
  void look() {
    upkeep.round();
  }

  TestSite serving(DoorResource resource) {
    doors.addResource(resource);
    return this;
  }

  HttpsDoors doors() {
    return doors;
  }

  BearerTokens tokens() {
    return tokens;
  }

  Path base() {
    return folder.getRoot().toPath();
  }

  Path tls(String file) {
    return base().resolve("latchkey/tls").resolve(file);
  }

  InetSocketAddress phones() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), doors.openPorts().get(0));
  }

  InetSocketAddress pbx() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), doors.openPorts().get(1));
  }

  /** What the status says, one line each. */
  String status() {
    StringBuilder all = new StringBuilder();
    doors
        .status()
        .forEach(
            line ->
                all.append(line.level())
                    .append(": ")
                    .append(line.words())
                    .append(" | ")
                    .append(line.next())
                    .append('\n'));
    return all.toString();
  }

  Path write(String name, byte[] content) throws IOException {
    return Files.write(base().resolve(name), content);
  }

  /** Settings of a test: loopback, free ports, patient deadlines. */
  record TestSettings(
      Path base,
      SiteNames names,
      Optional<Path> certificate,
      Optional<Path> key,
      Optional<Path> trust,
      TlsEngine engine,
      DoorSettings phones,
      DoorSettings pbx,
      Duration grace,
      List<String> awaited) {

    TestSettings(Path base) {
      this(
          base,
          new SiteNames("localhost", List.of(), List.of()),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          TlsEngine.JDK,
          new DoorSettings(Door.PHONES, "127.0.0.1", 0, 200, 100, 4, 8, PATIENT),
          new DoorSettings(Door.PBX, "127.0.0.1", 0, 200, 100, 4, 8, PATIENT),
          Duration.ofMinutes(1),
          List.of());
    }

    TestSettings named(SiteNames other) {
      return new TestSettings(
          base, other, certificate, key, trust, engine, phones, pbx, grace, awaited);
    }

    TestSettings own(Path otherCertificate, Path otherKey) {
      return new TestSettings(
          base,
          names,
          Optional.of(otherCertificate),
          Optional.of(otherKey),
          trust,
          engine,
          phones,
          pbx,
          grace,
          awaited);
    }

    TestSettings trusting(Path file) {
      return new TestSettings(
          base, names, certificate, key, Optional.of(file), engine, phones, pbx, grace, awaited);
    }

    TestSettings speaking(TlsEngine other) {
      return new TestSettings(
          base, names, certificate, key, trust, other, phones, pbx, grace, awaited);
    }

    TestSettings phones(DoorSettings other) {
      return new TestSettings(
          base, names, certificate, key, trust, engine, other, pbx, grace, awaited);
    }

    TestSettings awaiting(String path, Duration forSoLong) {
      return new TestSettings(
          base, names, certificate, key, trust, engine, phones, pbx, forSoLong, List.of(path));
    }

    HttpsSettings build(Optional<DoorSettings> bootstrap) {
      return new HttpsSettings(
          names,
          0,
          base,
          certificate,
          key,
          trust,
          engine,
          phones,
          pbx,
          bootstrap,
          grace,
          awaited,
          Duration.ofHours(1));
    }
  }
}
