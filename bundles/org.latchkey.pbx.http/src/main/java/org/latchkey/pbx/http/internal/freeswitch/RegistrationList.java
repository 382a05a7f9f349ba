package org.latchkey.pbx.http.internal.freeswitch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Registrations as FreeSWITCH tells of them: in the lines of {@code sofia status profile … reg},
 * since its XML does not escape what phones say, and in its events.
 */
final class RegistrationList {

  private static final Pattern SECONDS = Pattern.compile("EXPSECS\\((-?[0-9]{1,9})\\)");
  private static final Pattern TRANSPORT = Pattern.compile("\\((UDP|TCP|TLS)");

  private RegistrationList() {}

  /** Reads a list. */
  static List<LiveRegistration> read(String text, String profile, Instant now) {
    List<LiveRegistration> found = new ArrayList<>();
    Map<String, String> fields = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int tab = line.indexOf(":\t");
      int colon = tab >= 0 ? tab : line.indexOf(": ");
      if (line.startsWith("Call-ID:")) {
        fields.clear();
      }
      if (colon > 0) {
        fields.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
      }
      if (line.startsWith("MWI-Account:")) {
        listed(fields, profile, now).ifPresent(found::add);
        fields.clear();
      }
    }
    return found;
  }

  private static Optional<LiveRegistration> listed(
      Map<String, String> fields, String profile, Instant now) {
    String user = fields.getOrDefault("User", "");
    int at = user.lastIndexOf('@');
    String status = fields.getOrDefault("Status", "");
    Matcher seconds = SECONDS.matcher(status);
    if (at < 1 || !seconds.find()) {
      return Optional.empty();
    }
    return checked(
        new LiveRegistration(
            new LiveRegistration.Id(
                fields.getOrDefault("Call-ID", ""), user.substring(0, at), user.substring(at + 1)),
            profile,
            fields.getOrDefault("Auth-User", ""),
            fields.getOrDefault("Contact", ""),
            transport(status),
            source(fields.getOrDefault("IP", ""), fields.getOrDefault("Port", "")),
            fields.getOrDefault("Agent", ""),
            now,
            now.plusSeconds(Long.parseLong(seconds.group(1)))));
  }

  /** Reads a {@code sofia::register}. */
  static Optional<LiveRegistration> registered(Map<String, String> event, Instant now) {
    String seconds = event.getOrDefault("expires", "");
    if (!seconds.matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    return checked(
        new LiveRegistration(
            id(event, "from-user", "from-host"),
            event.getOrDefault("profile-name", ""),
            event.getOrDefault("username", ""),
            event.getOrDefault("contact", ""),
            transport(event.getOrDefault("status", "")),
            source(event.getOrDefault("network-ip", ""), event.getOrDefault("network-port", "")),
            event.getOrDefault("user-agent", ""),
            now,
            now.plusSeconds(Long.parseLong(seconds))));
  }

  /** What a registration of an event is known by. */
  static LiveRegistration.Id id(Map<String, String> event, String user, String host) {
    return new LiveRegistration.Id(
        event.getOrDefault("call-id", ""),
        event.getOrDefault(user, ""),
        event.getOrDefault(host, ""));
  }

  /** Leaves out what could not go back in a command. */
  private static Optional<LiveRegistration> checked(LiveRegistration registration) {
    LiveRegistration.Id id = registration.id();
    return Optional.of(registration)
        .filter(one -> (id.callId() + id.user() + id.host() + one.profile()).matches("[!-~]+"));
  }

  private static String transport(String status) {
    Matcher transport = TRANSPORT.matcher(status);
    return transport.find() ? transport.group(1) : "";
  }

  private static String source(String address, String port) {
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }
}
