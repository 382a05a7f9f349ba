package org.latchkey.shell.internal.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.EnrolmentSlip;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.FactoryVendors;

/** Enrols one phone. */
@Service
@Command(
    scope = "latchkey",
    name = "enrol",
    description = "Permit one phone to fetch its key; prints its one-time code, once")
public final class EnrolCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "extension",
      description =
          "The extension or AOR that its key shall open; several with commas are lines of one device",
      required = true,
      multiValued = true)
  List<String> words = List.of();

  @Option(
      name = "--device",
      description = "The only device that may have the key: MAC address or serial number")
  @Nullable String device;

  @Option(
      name = "--line",
      description = "The line of the device, 1 to 255; of several extensions the first one's")
  int line = 1;

  @Option(name = "--name", description = "What people call the line")
  @Nullable String displayName;

  @Option(name = "--approval", description = "Keep the phone in quarantine until it is approved")
  boolean approval;

  @Option(
      name = "--typed",
      description = "Make a code of 8 digits that a person types at the phone")
  boolean typed;

  @Option(
      name = "--pin",
      description =
          "Make a PIN of 8 digits that its user dials, with the extension, at a phone that waits"
              + " for approval: that becomes the extension")
  boolean pin;

  @Option(
      name = "--qr",
      description = "Draw the address for soft phones, with its code, as a QR code")
  boolean qr;

  @Option(
      name = "--keep-lines",
      description = "The device's other lines stay with it, though its first line is enrolled anew")
  boolean keepLines;

  @Option(
      name = "--window",
      description =
          "How many minutes the phone has; by default 15, or what the agent's settings say")
  int windowMinutes;

  @Option(
      name = "--inventory",
      description =
          "Make no code: the device, a MAC address, proves itself by its factory certificate, or"
              + " comes while latchkey:window is open")
  boolean inventory;

  @Option(
      name = "--vendor",
      description = "With --inventory: the vendor whose factory certificates count for this device")
  @Completion(FactoryVendors.class)
  @Nullable String vendor;

  @Override
  public void run(Parts parts, Printout out) {
    List<EnrolmentOrder> orders = orders();
    Enrolments agent = parts.require(Enrolments.class);
    List<Enrolment> others = agent.otherLines(orders);
    List<NewEnrolment> made = agent.enrolLines(orders, actor());
    try {
      EnrolmentSlip slip = new EnrolmentSlip(parts.find(PublicAddress.class));
      made.forEach(one -> slip.print(one, out));
      slip.others(others, out);
      if (qr) {
        slip.qr(made.get(0), out);
      }
    } finally {
      made.forEach(NewEnrolment::close);
    }
  }

  private List<EnrolmentOrder> orders() {
    List<String> extensions = List.of(arguments(words, "EXTENSION").get(0).split(",", -1));
    int last = line + extensions.size() - 1;
    if (line < 1 || last > 255 || windowMinutes < 0) {
      throw new RequestRefusedException(
          "Nothing was done: --line is from 1 to 255, and --window at least 1.");
    }
    if (pin) {
      requireNothingBeside(last);
    }
    if (qr) {
      requireOneCode(last);
    }
    if (last > 1 && device == null) {
      throw new RequestRefusedException(
          "Nothing was done: say with --device which device the lines are on.");
    }
    return IntStream.range(0, extensions.size())
        .mapToObj(i -> order(extensions.get(i), line + i))
        .toList();
  }

  private void requireNothingBeside(int last) {
    boolean named = device != null || vendor != null;
    if (typed || qr || inventory || approval || keepLines || named || last > 1) {
      throw new RequestRefusedException(
          "Nothing was done: a PIN is for one extension and the phone at which it is dialled. With"
              + " --pin give --name and --window alone.");
    }
  }

  private void requireOneCode(int last) {
    if (typed || inventory) {
      throw new RequestRefusedException(
          "Nothing was done: --qr draws an address with its code; --typed makes a code without one,"
              + " --inventory makes none. Say one of the two.");
    }
    if (last > 1) {
      throw new RequestRefusedException(
          "Nothing was done: --qr draws the address for a soft phone, which has one line. Enrol one"
              + " extension for it, without --line.");
    }
  }

  private CodeKind kind() {
    if (typed && inventory) {
      throw new RequestRefusedException(
          "Nothing was done: a device of the inventory has no code. Leave out --typed.");
    }
    if (inventory) {
      return CodeKind.INVENTORY;
    }
    if (pin) {
      return CodeKind.PIN;
    }
    return typed ? CodeKind.TYPED : CodeKind.URL;
  }

  private EnrolmentOrder order(String extension, int number) {
    return new EnrolmentOrder(
        extension,
        Optional.ofNullable(device),
        number,
        Optional.ofNullable(displayName),
        approval,
        kind(),
        windowMinutes == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(windowMinutes)),
        keepLines,
        Optional.ofNullable(vendor));
  }
}
