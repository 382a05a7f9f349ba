package org.latchkey.shell.internal;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.Secret;

/**
 * What an administrator is told after enrolling a phone: the code, this once, and where it goes.
 */
public final class EnrolmentSlip {

  private final Optional<PublicAddress> address;

  /** A slip for phones that reach us at this address; empty while the doors are away. */
  public EnrolmentSlip(Optional<PublicAddress> address) {
    this.address = address;
  }

  /** Prints it. */
  public void print(NewEnrolment made, Printout out) {
    Enrolment enrolment = made.enrolment();
    out.line(
        "Enrolled %s%s as %s, open until %s."
            .formatted(
                enrolment.aor(),
                enrolment.device().map(device -> " on device " + device).orElse(""),
                enrolment.id(),
                PlainText.of(enrolment.expiresAt())));
    made.code().ifPresent(code -> out.line("One-time code, shown this once:  ", code, ""));
    if (enrolment.approval()) {
      out.line("The phone stays in quarantine until latchkey:approve lets it out.");
    }
    address.ifPresentOrElse(
        doors -> made.code().ifPresent(code -> ways(doors, enrolment, code, out)),
        () -> out.line("The HTTPS doors are not running: no phone can fetch it before they are."));
  }

  private static void ways(PublicAddress doors, Enrolment enrolment, Secret code, Printout out) {
    URI base = doors.phones();
    if (enrolment.codeKind() == CodeKind.TYPED) {
      out.line("Type the code at the phone when it asks for one.");
    } else {
      out.line("Linphone, as its remote provisioning URL:");
      out.line("  " + base.resolve("provision/linphone/"), code, ".xml");
      out.line("A desk phone, as its provisioning URL:");
      out.line("  " + base.resolve("provision/"), code, "/");
    }
    doors.caFile().ifPresent(file -> out.line("The CA that the phone must trust:  " + file));
    out.line("A program, which reads the code from its input:");
    String trust = doors.caFile().map(EnrolmentSlip::trust).orElse("");
    String device = enrolment.device().map(one -> "\"device\":\"" + one + "\",").orElse("");
    out.line(
        "  printf '{%s\"code\":\"%%s\"}' \"$(cat)\" | curl %s-H 'Content-Type: application/json' --data-binary @- %s"
            .formatted(device, trust, base.resolve("v1/keys")));
  }

  private static String trust(Path file) {
    return "--cacert '" + file.toString().replace("'", "'\\''") + "' ";
  }
}
