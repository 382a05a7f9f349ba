package org.latchkey.https.internal.certificate;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.latchkey.status.StatusLine;

/** What the clock says of a certificate. */
final class Validity {

  /** A clock before this day has certainly never been set. */
  private static final Instant EARLIEST = Instant.parse("2026-11-01T00:00:00Z");

  private static final String SET_THE_CLOCK =
      "Set the clock (timedatectl, chronyc); it is looked at again every few seconds.";

  private Validity() {}

  /** Why nothing may be made by this clock: it has never been set. */
  static Optional<StatusLine> clockNeverSet(Instant now) {
    return now.isBefore(EARLIEST)
        ? Optional.of(
            StatusLine.fault(
                "The clock says " + minute(now) + ", so no certificate is made", SET_THE_CLOCK))
        : Optional.empty();
  }

  /** What is wrong with the time of a certificate, if anything. */
  static Optional<StatusLine> problem(String what, X509Certificate certificate, Instant now) {
    Instant start = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    if (now.isBefore(start)) {
      return Optional.of(
          StatusLine.fault(
              "%s is not valid before %s, and the clock says %s"
                  .formatted(what, minute(start), minute(now)),
              SET_THE_CLOCK));
    }
    if (now.isAfter(end)) {
      return Optional.of(
          StatusLine.fault(
              "%s has expired on %s; the clock says %s".formatted(what, day(end), minute(now)),
              "Set the clock if it is wrong, else put a new certificate in its place."));
    }
    return Optional.empty();
  }

  /** A warning when a certificate ends within {@code notice} and somebody has to act. */
  static Optional<StatusLine> endsSoon(
      String what, X509Certificate certificate, Duration notice, Instant now, String next) {
    Instant end = certificate.getNotAfter().toInstant();
    return now.isAfter(end.minus(notice))
        ? Optional.of(StatusLine.warning("%s ends on %s".formatted(what, day(end)), next))
        : Optional.empty();
  }

  /** A warning when the clock is behind the time at which our own certificate was made. */
  static Optional<StatusLine> clockBehind(X509Certificate ours, Instant now) {
    Instant made = ours.getNotBefore().toInstant().plus(SiteAuthority.BACKDATED);
    return now.isBefore(made.minus(1, ChronoUnit.HOURS))
        ? Optional.of(
            StatusLine.warning(
                "The clock says %s, but the server certificate was made at %s"
                    .formatted(minute(now), minute(made)),
                SET_THE_CLOCK))
        : Optional.empty();
  }

  /** The last day of a certificate. */
  static LocalDate lastDay(X509Certificate certificate) {
    return day(certificate.getNotAfter().toInstant());
  }

  private static LocalDate day(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static Instant minute(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MINUTES);
  }
}
