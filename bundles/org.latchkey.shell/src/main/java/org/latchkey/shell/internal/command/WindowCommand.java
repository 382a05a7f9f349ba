package org.latchkey.shell.internal.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.EnrolmentWindows;
import org.latchkey.key.EnrolmentWindows.Kind;
import org.latchkey.key.EnrolmentWindows.Window;
import org.latchkey.key.Enrolments;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.EnrolmentSlip;
import org.latchkey.shell.internal.OptionsOnlyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.PlainText;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.WindowLength;

/** Lets phones in without a proof for a while. */
@Service
@Command(
    scope = "latchkey",
    name = "window",
    description =
        "Let phones in by their MAC address alone for a while; without options, which are open")
public final class WindowCommand extends OptionsOnlyCommand {

  @Option(name = "--inventory", description = "Let in the devices of the inventory, once each")
  boolean inventory;

  @Option(name = "--anybody", description = "Let in anybody's phone, to be held until approved")
  boolean anybody;

  @Option(name = "--device", description = "Let in this one device of the inventory, once")
  String device = "";

  @Option(
      name = "--enrol",
      description =
          "With --device: enter it into the inventory first, anew if it is there, for this extension or AOR; several with commas are its lines")
  String extension = "";

  @Option(name = "--line", description = "With --enrol: the line of the device, 1 to 255")
  int line = 1;

  @Option(name = "--name", description = "With --enrol: what people call the line")
  String displayName = "";

  @Option(
      name = "--approval",
      description = "With --enrol: keep the phone in quarantine until it is approved")
  boolean approval;

  @Option(name = "--close", description = "Close all windows")
  boolean close;

  @Option(name = "--for", description = "How long: 1m to 24h; 30m unless you say")
  String length = "";

  @Option(name = "--rate", description = "How many phones a minute, 1 to 1000")
  int rate;

  @Override
  protected void act(Parts parts, Printout out) {
    EnrolmentWindows windows = parts.require(EnrolmentWindows.class);
    long chosen =
        Stream.of(inventory, anybody, !device.isEmpty(), close).filter(one -> one).count();
    if (chosen > 1 || (chosen == 0 && (rate != 0 || !length.isEmpty()))) {
      throw new RequestRefusedException(
          "Nothing was done: choose one of --inventory, --anybody, --device MAC and --close.");
    }
    requireEnrolment();
    if (close) {
      windows.close(actor());
    } else if (!device.isEmpty()) {
      Duration howLong = howLong();
      if (!extension.isEmpty() && !enrol(parts, out)) {
        return;
      }
      Instant until = windows.letIn(device, howLong, actor());
      out.line(
          "Until %s the device %s is served by its MAC address alone, once, if it is in the inventory."
              .formatted(PlainText.of(until), device));
    } else if (chosen == 1) {
      windows.open(
          inventory ? Kind.INVENTORY : Kind.ANYBODY,
          howLong(),
          rate == 0 ? OptionalInt.empty() : OptionalInt.of(rate),
          actor());
    }
    if (windows.open().isEmpty() && device.isEmpty()) {
      out.line("No window is open.");
    }
    windows.open().forEach(window -> print(window, out));
  }

  private void requireEnrolment() {
    boolean more = line != 1 || !displayName.isEmpty() || approval;
    if (extension.isEmpty() ? more : device.isEmpty() || line < 1 || line > 255) {
      throw new RequestRefusedException(
          "Nothing was done: type latchkey:window --device MAC --enrol EXTENSION; only then may"
              + " there be --line (1 to 255), --name and --approval, too.");
    }
  }

  /** A line beside others that the device has a key for comes by that: it takes no window. */
  private boolean enrol(Parts parts, Printout out) {
    String[] extensions = extension.split(",", -1);
    List<EnrolmentOrder> orders =
        IntStream.range(0, extensions.length)
            .mapToObj(i -> order(extensions[i], line + i))
            .toList();
    EnrolmentSlip slip = new EnrolmentSlip(parts.find(PublicAddress.class));
    List<NewEnrolment> made = parts.require(Enrolments.class).enrolAnew(orders, actor());
    made.forEach(one -> slip.print(one, out));
    made.forEach(NewEnrolment::close);
    return made.stream().anyMatch(one -> one.enrolment().codeKind() == CodeKind.INVENTORY);
  }

  private EnrolmentOrder order(String one, int number) {
    return new EnrolmentOrder(
        one,
        Optional.of(device),
        number,
        Optional.of(displayName).filter(name -> !name.isEmpty()),
        approval,
        CodeKind.INVENTORY,
        Optional.empty());
  }

  private Duration howLong() {
    return WindowLength.of(length.isEmpty() ? "30m" : length);
  }

  private static void print(Window window, Printout out) {
    out.line(
        window.kind() == Kind.INVENTORY
            ? "Until %s the devices of the inventory are served by their MAC address alone, once each, %d a minute. A MAC address is no secret: latchkey:window --close ends it."
                .formatted(PlainText.of(window.until()), window.perMinute())
            : "Until %s anybody's phone is let in, %d a minute, and held until latchkey:approve. latchkey:window --close ends it."
                .formatted(PlainText.of(window.until()), window.perMinute()));
    out.line("  So far it has let in %d.".formatted(window.served()));
  }
}
