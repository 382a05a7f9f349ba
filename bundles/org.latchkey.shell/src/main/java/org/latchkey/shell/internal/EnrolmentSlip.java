package org.latchkey.shell.internal;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
                enrolment
                    .device()
                    .filter(device -> enrolment.codeKind() != CodeKind.PIN)
                    .map(device -> where(device, enrolment.line()))
                    .orElse(""),
                enrolment.id(),
                PlainText.of(enrolment.expiresAt())));
    if (enrolment.codeKind() == CodeKind.PIN) {
      made.code().ifPresent(code -> pin(enrolment, code, out));
      return;
    }
    made.code().ifPresent(code -> out.line("One-time code, shown this once:  ", code, ""));
    if (enrolment.approval()) {
      out.line("The phone stays in quarantine until latchkey:approve lets it out.");
    }
    if (enrolment.codeKind() == CodeKind.LINE) {
      out.line("It has no code: the device fetches it together with its other lines.");
      return;
    }
    if (enrolment.codeKind() == CodeKind.INVENTORY) {
      out.line(
          "It has no code: it gets its key when its factory certificate proves that it is this device (latchkey:factory-trust), or while latchkey:window --inventory is open.");
      address.ifPresent(
          doors -> out.line("Its provisioning URL:  " + doors.phones().resolve("provision/")));
    }
    address.ifPresentOrElse(
        doors -> made.code().ifPresent(code -> ways(doors, enrolment, code, out)),
        () -> out.line("The HTTPS doors are not running: no phone can fetch it before they are."));
  }

  /** Prints which lines a device has besides. */
  public void others(List<Enrolment> others, Printout out) {
    if (!others.isEmpty()) {
      out.line(
          others.stream()
              .map(one -> "line %d (%s)".formatted(one.line(), one.aor()))
              .collect(Collectors.joining(", ", "Its file also holds ", ".")));
    }
  }

  /** The short code is a setting of the PBX, which says so there. */
  private static void pin(Enrolment enrolment, Secret code, Printout out) {
    out.line(
        "One-time PIN, shown this once. At a phone that waits for approval (latchkey:pending) its"
            + " user dials:");
    out.line("  *99*" + enrolment.aor().user() + "*", code, "");
    out.line("Where the PBX has another code than *99 (its setting moveCode), dial that.");
  }

  /**
   * Prints the address for soft phones with the code in it as a QR code, for a camera.
   *
   * @param made with a code that goes into an address
   */
  public void qr(NewEnrolment made, Printout out) {
    address.ifPresent(
        doors ->
            made.code()
                .ifPresent(
                    code -> {
                      byte[] text = softPhoneAddress(doors, code);
                      try {
                        List<String> picture = QrPicture.of(text);
                        out.line("For the camera of Linphone or another soft phone:");
                        if (!out.picture(picture)) {
                          out.line(
                              "It needs a terminal of %d columns: widen yours, and enrol again."
                                  .formatted(picture.get(0).length()));
                        }
                      } finally {
                        Arrays.fill(text, (byte) 0);
                      }
                    }));
  }

  /** The address with the code in it, which is never a text. */
  private static byte[] softPhoneAddress(PublicAddress doors, Secret code) {
    byte[] before =
        doors
            .phones()
            .resolve("provision/linphone/")
            .toString()
            .getBytes(StandardCharsets.US_ASCII);
    byte[] secret = code.copy();
    byte[] after = ".xml".getBytes(StandardCharsets.US_ASCII);
    byte[] text = Arrays.copyOf(before, before.length + secret.length + after.length);
    System.arraycopy(secret, 0, text, before.length, secret.length);
    System.arraycopy(after, 0, text, before.length + secret.length, after.length);
    Arrays.fill(secret, (byte) 0);
    return text;
  }

  private static String where(String device, int line) {
    return " on device " + device + (line == 1 ? "" : " line " + line);
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
