package org.latchkey.https.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latchkey.door.Door;
import org.latchkey.https.internal.certificate.AdministratorCertificates;
import org.latchkey.https.internal.certificate.CertificateSource;
import org.latchkey.https.internal.certificate.OwnCertificates;
import org.latchkey.https.internal.certificate.PbxCertificates;
import org.latchkey.https.internal.certificate.PbxTrust;
import org.latchkey.https.internal.certificate.SiteNames;
import org.latchkey.https.internal.connection.Deadlines;
import org.latchkey.https.internal.connection.DoorSettings;
import org.latchkey.https.internal.connection.TlsEngine;

/**
 * The settings of the doors, checked.
 *
 * @param names the names of the site
 * @param publicPort the port that phones use
 * @param base the folder that relative file names start from, and that {@code latchkey/tls} is in
 * @param certificateFile the administrator's certificate, if he has one
 * @param keyFile its key
 * @param pbxTrustFile the administrator's authorities of PBXs, if there are any
 * @param engine who does TLS
 * @param phones the phones' door
 * @param pbx the PBX door
 * @param bootstrap the listener without TLS, when it is wanted
 * @param grace how long a path without its resource is not 404
 * @param awaited paths that get the same grace at the start
 * @param check the time between two looks at files and ports
 */
record HttpsSettings(
    SiteNames names,
    int publicPort,
    Path base,
    Optional<Path> certificateFile,
    Optional<Path> keyFile,
    Optional<Path> pbxTrustFile,
    TlsEngine engine,
    DoorSettings phones,
    DoorSettings pbx,
    Optional<DoorSettings> bootstrap,
    Duration grace,
    List<String> awaited,
    Duration check) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int BOOTSTRAP_WORKERS = 2;
  private static final int BOOTSTRAP_QUEUE = 64;

  /**
   * Checks what only makes sense together.
   *
   * @throws IllegalArgumentException when something does not
   */
  HttpsSettings {
    if (certificateFile.isPresent() != keyFile.isPresent()) {
      throw new IllegalArgumentException(
          "certificateFile and keyFile belong together: set both, or neither");
    }
    if (publicPort < 0 || publicPort > 65535) {
      throw new IllegalArgumentException("publicPort is not between 0 and 65535");
    }
    if (grace.isNegative() || check.isNegative() || check.isZero()) {
      throw new IllegalArgumentException(
          "restartGraceSeconds must be at least 0 and checkSeconds at least 1");
    }
  }

  /**
   * Reads the settings.
   *
   * @param defaultBind the phones' address when none is set: {@code LATCHKEY_BIND}
   * @throws IllegalArgumentException when one of them can't be used; the message says which
   */
  static HttpsSettings of(HttpsConfiguration set, Path base, Optional<String> defaultBind) {
    String phonesBind =
        set.phonesBind().isBlank() ? defaultBind.orElse(LOOPBACK) : set.phonesBind().trim();
    return new HttpsSettings(
        new SiteNames(set.publicName(), list(set.extraNames()), list(set.siteDomains())),
        set.publicPort(),
        base,
        file(base, set.certificateFile()),
        file(base, set.keyFile()),
        file(base, set.pbxTrustFile()),
        TlsEngine.named(set.tlsEngine()),
        new DoorSettings(
            Door.PHONES,
            phonesBind,
            set.phonesPort(),
            set.phonesConnections(),
            set.phonesConnectionsPerSource(),
            set.phonesWorkers(),
            set.phonesQueue(),
            deadlines(set)),
        new DoorSettings(
            Door.PBX,
            set.pbxBind().trim(),
            set.pbxPort(),
            set.pbxConnections(),
            set.pbxConnectionsPerSource(),
            set.pbxWorkers(),
            set.pbxQueue(),
            deadlines(set)),
        bootstrap(set, phonesBind),
        Duration.ofSeconds(set.restartGraceSeconds()),
        list(set.awaitedPaths()),
        Duration.ofSeconds(set.checkSeconds()));
  }

  private static Optional<DoorSettings> bootstrap(HttpsConfiguration set, String phonesBind) {
    if (set.bootstrapPort() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new DoorSettings(
            Door.BOOTSTRAP,
            set.bootstrapBind().isBlank() ? phonesBind : set.bootstrapBind().trim(),
            set.bootstrapPort(),
            set.bootstrapConnections(),
            set.bootstrapConnectionsPerSource(),
            BOOTSTRAP_WORKERS,
            BOOTSTRAP_QUEUE,
            deadlines(set)));
  }

  /** Where the doors' certificate comes from. */
  CertificateSource certificates() {
    return certificateFile.isPresent() && keyFile.isPresent()
        ? new AdministratorCertificates(certificateFile.get(), keyFile.get(), names.publicName())
        : new OwnCertificates(tls(), names);
  }

  /** Whose client certificates the PBX door takes. */
  PbxTrust pbxTrust() {
    return new PbxTrust(tls(), pbxTrustFile);
  }

  /** Who makes client certificates of PBXs. */
  PbxCertificates pbxCertificates() {
    return new PbxCertificates(tls());
  }

  private Path tls() {
    return base.resolve("latchkey").resolve("tls");
  }

  private static Deadlines deadlines(HttpsConfiguration set) {
    return new Deadlines(
        Duration.ofSeconds(set.handshakeSeconds()),
        Duration.ofSeconds(set.headerSeconds()),
        Duration.ofSeconds(set.bodySeconds()),
        Duration.ofSeconds(set.servingSeconds()),
        Duration.ofSeconds(set.answerSeconds()),
        Duration.ofSeconds(set.idleSeconds()));
  }

  private static Optional<Path> file(Path base, String name) {
    return name.isBlank() ? Optional.empty() : Optional.of(base.resolve(name.trim()));
  }

  /** The values of a list: a settings file gives them as one, with commas. */
  private static List<String> list(String[] values) {
    return Stream.of(values)
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::trim)
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
