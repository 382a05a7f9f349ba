package org.latchkey.pbx.http.internal.freeswitch;

import java.util.Collection;

/**
 * The command that drops one registration. FreeSWITCH takes its argument for a Call-ID, for an AOR,
 * for a host, and {@code reboot} for an order to all phones, whichever fits; and phones choose
 * their Call-IDs.
 */
final class Flush {

  private Flush() {}

  /**
   * The command.
   *
   * @param all what is registered
   */
  static String command(LiveRegistration one, Collection<LiveRegistration> all) {
    LiveRegistration.Id id = one.id();
    String argument =
        isOneOnly(one, all) ? id.callId() : quoted(id.user()) + "@" + quoted(id.host());
    return "sofia profile " + one.profile() + " flush_inbound_reg " + argument;
  }

  /** Whether the Call-ID is good for this registration and for no other. */
  private static boolean isOneOnly(LiveRegistration one, Collection<LiveRegistration> all) {
    String callId = one.id().callId();
    return callId.matches("[0-9A-Za-z.@:_~+*=-]{8,128}")
        && all.stream()
            .filter(other -> !other.id().equals(one.id()))
            .map(LiveRegistration::id)
            .noneMatch(
                other ->
                    callId.equalsIgnoreCase(other.callId())
                        || callId.equalsIgnoreCase(other.host())
                        || callId.equalsIgnoreCase(other.user() + "@" + other.host()));
  }

  private static String quoted(String part) {
    if (!part.matches("[0-9A-Za-z+*#._~!()\\[\\]:%-]+")) {
      throw new IllegalStateException("FreeSWITCH registered an AOR that no command can name");
    }
    return part;
  }
}
