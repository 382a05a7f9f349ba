package org.latchkey.doctor.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;

/**
 * Whether the clock contradicts what this machine has recorded: a clock that went back, or one that
 * the certificates have no validity for.
 */
final class ClockCheck {

  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private final Clock clock;

  /** A check of this clock. */
  ClockCheck(Clock clock) {
    this.clock = clock;
  }

  /** Compares it with the latest audit entry, the files and the certificates. */
  String check(Optional<AuditLog> audit, Path base, List<X509Certificate> certificates)
      throws Trouble, IOException {
    Instant now = clock.instant();
    for (X509Certificate certificate : certificates) {
      Instant from = certificate.getNotBefore().toInstant();
      Instant until = certificate.getNotAfter().toInstant();
      if (now.isBefore(from) || now.isAfter(until)) {
        throw off(now, "the CA certificate is valid from %s until %s".formatted(from, until));
      }
    }
    Optional<Instant> entry =
        audit
            .flatMap(log -> log.search(new AuditQuery("", "", 0, 1)).stream().findFirst())
            .map(record -> record.entry().at());
    if (entry.filter(at -> at.isAfter(now.plus(TOLERANCE))).isPresent()) {
      throw off(now, "the latest audit entry is of " + entry.get());
    }
    Optional<Path> file = newerThan(now.plus(TOLERANCE), base);
    if (file.isPresent()) {
      throw off(
          now, "%s was written at %s".formatted(file.get(), Files.getLastModifiedTime(file.get())));
    }
    return "It says %s, which fits certificates, audit log and files.".formatted(now);
  }

  private static Optional<Path> newerThan(Instant moment, Path base) throws IOException {
    if (!Files.isDirectory(base)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(base, 2)) {
      return files.filter(Files::isRegularFile).filter(one -> isNewer(one, moment)).findFirst();
    }
  }

  private static boolean isNewer(Path file, Instant moment) {
    try {
      return Files.getLastModifiedTime(file).toInstant().isAfter(moment);
    } catch (IOException e) {
      return false;
    }
  }

  private static Trouble off(Instant now, String evidence) {
    return new Trouble(
        "The clock says %s, but %s.".formatted(now, evidence),
        "Set the clock and let NTP keep it: phones and certificates depend on it.");
  }
}
