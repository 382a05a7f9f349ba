package org.latchkey.keyagent.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments.Problem;
import org.latchkey.key.RequestRefusedException;

/** Reads what administrators order, and says what is wrong with it in a sentence. */
final class Orders {

  private static final int MAX_NAME_CHARACTERS = 64;
  private static final Duration LONGEST_TYPED = Duration.ofMinutes(15);
  private static final Set<CodeKind> NEVER_ORDERED =
      EnumSet.of(CodeKind.LOGIN, CodeKind.STRANGER, CodeKind.LINE);

  private final AgentSettings settings;
  private final Duration inventoryWindow;
  private final Neighbours neighbours;

  /** Orders of a site. */
  Orders(Parts parts) {
    settings = parts.settings();
    inventoryWindow = parts.policies().settings().inventoryWindow();
    neighbours = parts.neighbours();
  }

  /**
   * An order that can be carried out.
   *
   * @param aor whose domain is served
   * @param device canonical; for a typed code the extension where no device was named, and for a
   *     PIN
   * @param window 1 minute to 30 days
   */
  record Checked(EnrolmentOrder order, Aor aor, Optional<String> device, Duration window) {}

  /**
   * Checks one order.
   *
   * @throws RequestRefusedException saying what is wrong and what would be right
   */
  Checked check(EnrolmentOrder order) {
    Aor aor = aor(order.aor());
    if (order.line() < 1 || order.line() > 255) {
      throw new RequestRefusedException("A line is a number from 1 to 255.");
    }
    if (order.displayName().filter(name -> !isName(name)).isPresent()) {
      throw new RequestRefusedException(
          "A display name has 1 to 64 printable characters; leave it out or shorten it.");
    }
    requireVendor(order);
    return order.codeKind() == CodeKind.PIN
        ? new Checked(order, aor, Optional.of(pinned(order, aor)), window(order))
        : new Checked(order, aor, device(order, aor), window(order));
  }

  private void requireVendor(EnrolmentOrder order) {
    if (order.vendor().isEmpty()) {
      return;
    }
    if (order.codeKind() != CodeKind.INVENTORY) {
      throw new RequestRefusedException(
          "A vendor is said of devices of the inventory alone; leave it out.");
    }
    List<String> vendors = FactoryVendor.names(neighbours.profiles());
    if (!vendors.contains(order.vendor().get())) {
      throw new RequestRefusedException(
          "There is no such vendor; write one of %s.".formatted(String.join(", ", vendors)));
    }
  }

  /**
   * Checks many orders, also against one another, against the inventory, and against the lines that
   * their devices have.
   */
  List<Problem> problems(
      List<EnrolmentOrder> orders, Optional<Inventory> inventory, OtherLines others) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    Map<Integer, Checked> good = new TreeMap<>();
    for (int i = 0; i < orders.size(); i++) {
      try {
        Checked checked = check(orders.get(i));
        String place = checked.device().map(name -> name + ' ' + checked.order().line()).orElse("");
        Integer first = place.isEmpty() ? null : places.putIfAbsent(place, i);
        if (first != null) {
          problems.add(new Problem(i, twice(checked, first), false));
          continue;
        }
        int index = i;
        inventory
            .flatMap(known -> known.earlier(checked))
            .map(one -> new Problem(index, one.sentence(), one.alike()))
            .ifPresentOrElse(problems::add, () -> good.put(index, checked));
      } catch (RequestRefusedException e) {
        problems.add(new Problem(i, String.valueOf(e.getMessage()), false));
      }
    }
    problems.addAll(others.problems(good));
    problems.sort(Comparator.comparingInt(Problem::index));
    return List.copyOf(problems);
  }

  private static String twice(Checked checked, int first) {
    return "Device %s has line %d already in entry %d; give it another line."
        .formatted(checked.device().orElse(""), checked.order().line(), first + 1);
  }

  /**
   * The AOR that an administrator writes: an extension, {@code user@domain}, or a URI.
   *
   * @throws RequestRefusedException when it is none, or its domain is not served
   */
  Aor aor(String text) {
    Aor aor;
    try {
      aor = read(text.strip());
    } catch (IllegalArgumentException e) {
      throw new RequestRefusedException(
          "That is no extension or AOR; write 1001 or 1001@" + settings.domain() + '.');
    }
    if (aor.isUnassigned()) {
      throw new RequestRefusedException(
          "unassigned-… is of phones that nobody gave an extension; say which one it shall have.");
    }
    if (!aor.withoutKeyIdentifier().equals(aor)) {
      throw new RequestRefusedException(
          "An extension does not end in a hyphen and a key identifier: PBXs take that for the"
              + " extension before it.");
    }
    if (!settings.domains().contains(aor.domain())) {
      throw new RequestRefusedException(
          "Keys are not issued for the domain "
              + aor.domain()
              + "; use one of "
              + String.join(", ", settings.domains())
              + ", or add it to the setting domains in etc/org.latchkey.keyagent.cfg.");
    }
    return aor;
  }

  /** An extension, {@code user@domain} or URI, whichever domain it names. */
  Aor read(String text) {
    if (text.toLowerCase(Locale.ROOT).matches("(sips?|tel):.*")) {
      return Aor.ofUri(text, settings.domain());
    }
    int at = text.lastIndexOf('@');
    return at < 0
        ? new Aor(text, settings.domain())
        : new Aor(text.substring(0, at), text.substring(at + 1));
  }

  /** The extension that a PIN is for, as it is dialled. */
  private String pinned(EnrolmentOrder order, Aor aor) {
    if (order.device().isPresent() || order.line() != 1 || order.approval()) {
      throw new RequestRefusedException(
          "A PIN is for the phone at which it is dialled: name no device, line or approval.");
    }
    if (!aor.user().matches("[0-9]{1,32}") || !aor.domain().equals(settings.domain())) {
      throw new RequestRefusedException(
          "A PIN is for an extension of digits in the domain %s, since it is dialled."
              .formatted(settings.domain()));
    }
    return aor.user();
  }

  private static Optional<String> device(EnrolmentOrder order, Aor aor) {
    Optional<String> named = order.device().filter(text -> !text.isBlank());
    if (order.codeKind() == CodeKind.INVENTORY) {
      return Optional.of(
          named
              .flatMap(DeviceIdentifier::mac)
              .orElseThrow(
                  () ->
                      new RequestRefusedException(
                          "The inventory knows devices by their MAC address; name one, such as"
                              + " --device 80:5e:c0:00:00:01.")));
    }
    if (named.isPresent()) {
      Optional<String> canonical = named.flatMap(DeviceIdentifier::canonical);
      if (canonical.isEmpty()) {
        throw new RequestRefusedException(
            "That is no device identifier; write " + DeviceIdentifier.EXPECTED + '.');
      }
      return canonical;
    }
    if (order.codeKind() != CodeKind.TYPED) {
      return Optional.empty();
    }
    Optional<String> extension = DeviceIdentifier.canonical(aor.user());
    if (extension.isEmpty()) {
      throw new RequestRefusedException(
          "A typed code is bound to a device or a plain extension; name the device, or use a code"
              + " in a URL.");
    }
    return extension;
  }

  private Duration window(EnrolmentOrder order) {
    if (order.codeKind() == CodeKind.INVENTORY) {
      return inventoryWindow(order.window().orElse(inventoryWindow));
    }
    if (NEVER_ORDERED.contains(order.codeKind())) {
      throw new RequestRefusedException(
          "An enrolment needs a code; a provisioning login fetches a new key after assign.");
    }
    boolean typed = Codes.isTyped(order.codeKind());
    Duration standard =
        typed && settings.window().compareTo(LONGEST_TYPED) > 0 ? LONGEST_TYPED : settings.window();
    Duration window = order.window().orElse(standard);
    if (typed && window.compareTo(LONGEST_TYPED) > 0) {
      throw new RequestRefusedException(
          "A typed code or PIN is good for 15 minutes at most; a code in a URL may be for longer.");
    }
    if (window.compareTo(AgentSettings.LEAST_WINDOW) < 0
        || window.compareTo(AgentSettings.LONGEST_WINDOW) > 0) {
      throw new RequestRefusedException("An enrolment's window is 1 minute to 30 days.");
    }
    return window;
  }

  private static Duration inventoryWindow(Duration window) {
    if (window.compareTo(AgentSettings.LEAST_WINDOW) < 0
        || window.compareTo(PolicySettings.LONGEST_INVENTORY) > 0) {
      throw new RequestRefusedException(
          "A device of the inventory has 1 minute to 365 days for its first key.");
    }
    return window;
  }

  private static boolean isName(String name) {
    return !name.isBlank()
        && name.length() <= MAX_NAME_CHARACTERS
        && name.codePoints()
            .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
  }
}
