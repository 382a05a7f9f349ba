package org.latchkey.shell.internal;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latchkey.key.Aor;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Enrolments;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.Knock;
import org.latchkey.phone.PhoneProfile;

/** What is known of devices that were refused a key: what they are, and what lets each in. */
public final class Knockers {

  private final Map<String, PhoneProfile> profiles;
  private final Map<String, NavigableMap<Integer, Aor>> lines = new HashMap<>();
  private final Set<String> listed;
  private final Set<String> settled;

  private Knockers(Map<String, PhoneProfile> profiles, Set<String> listed, Set<String> settled) {
    this.profiles = profiles;
    this.listed = listed;
    this.settled = settled;
  }

  /** What is known of those that knocked. */
  public static Knockers of(Parts parts, List<Knock> knocks) {
    Map<String, PhoneProfile> profiles = new HashMap<>();
    parts.all(PhoneProfile.class).forEach(one -> profiles.putIfAbsent(one.name(), one));
    if (knocks.stream().allMatch(knock -> knock.device().isEmpty())) {
      return new Knockers(profiles, Set.of(), Set.of());
    }
    Enrolments agent = parts.require(Enrolments.class);
    List<KeyRecord> keys = agent.keys();
    List<Enrolment> enrolments = agent.enrolments();
    Set<String> settled =
        keys.stream()
            .filter(key -> key.registeredAt().isPresent() || key.revocation().isPresent())
            .flatMap(key -> key.device().stream())
            .collect(Collectors.toSet());
    Set<String> listed =
        enrolments.stream()
            .filter(one -> one.codeKind() == CodeKind.INVENTORY)
            .flatMap(one -> one.device().stream())
            .collect(Collectors.toSet());
    Knockers knockers = new Knockers(profiles, listed, settled);
    // What a phone calls itself makes no extension its own.
    enrolments.stream()
        .filter(one -> one.codeKind() != CodeKind.STRANGER && !one.aor().isUnassigned())
        .forEach(one -> knockers.line(one.device(), one.line(), one.aor()));
    return knockers;
  }

  /** The newest comes first. */
  private void line(Optional<String> device, int number, Aor aor) {
    device.ifPresent(
        name -> lines.computeIfAbsent(name, none -> new TreeMap<>()).putIfAbsent(number, aor));
  }

  /** Vendor and model in words; what the phone calls itself where these are not known. */
  String words(Knock knock) {
    if (!model(knock).isEmpty()) {
      return vendor(knock) + ' ' + model(knock);
    }
    return knock.userAgent().isEmpty() ? vendor(knock) : knock.userAgent();
  }

  /** Who made it, as its profile says. */
  String vendor(Knock knock) {
    return profile(knock).map(PhoneProfile::vendor).orElse(knock.profile());
  }

  /** Its model; empty text when it does not say. */
  String model(Knock knock) {
    return profile(knock).flatMap(one -> one.model(knock.userAgent())).orElse("");
  }

  /**
   * The one command that lets it in; of a device with a key that has registered or was revoked, the
   * one that tells its story: anybody can say its MAC address, and a command that is copied without
   * a look would give its extension away.
   */
  String command(Knock knock) {
    String device = knock.device();
    if (settled.contains(device)) {
      return "latchkey:why " + device;
    }
    if (device.isEmpty()) {
      return "latchkey:enrol EXTENSION";
    }
    String enrol = "latchkey:enrol " + extensions(device) + " --device " + device;
    boolean byAddress =
        device.matches("[0-9a-f]{12}") && knock.reason() != DenialReason.OTHER_NETWORK;
    if (!byAddress) {
      return enrol;
    }
    if (knock.reason() == DenialReason.NOT_IN_INVENTORY) {
      return enrol + " --inventory";
    }
    String window = "latchkey:window --device " + device;
    return listed.contains(device) && knock.reason() != DenialReason.LINES_IN_USE
        ? window
        : window + " --enrol " + extensions(device);
  }

  /** Those of its lines, as far as they follow one another from the first. */
  private String extensions(String device) {
    NavigableMap<Integer, Aor> own = lines.getOrDefault(device, Collections.emptyNavigableMap());
    String known =
        IntStream.iterate(1, own::containsKey, number -> number + 1)
            .mapToObj(number -> String.valueOf(own.get(number)))
            .collect(Collectors.joining(","));
    return known.isEmpty() ? "EXTENSION" : known;
  }

  private Optional<PhoneProfile> profile(Knock knock) {
    return Optional.ofNullable(profiles.get(knock.profile()));
  }
}
