package org.latchkey.pbx.reference.internal.call;

import java.net.InetAddress;
import org.latchkey.admission.DestinationsSetting;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.admission.SourceNetworks;

/**
 * The local copy of what everybody may call, as last read without error.
 *
 * @param destinations the destinations
 * @param networks where unproved callers may call from
 * @param perSource how many calls unproved callers of one address may have at once at destinations
 *     of one kind
 * @param total how many all of them may have there; so many each trunk may have, too
 */
public record PermittedCalls(
    PermittedDestinations destinations, SourceNetworks networks, int perSource, int total) {

  /**
   * Whether somebody who proved nothing may call a destination of this kind. The test destination
   * is the doctor's, who calls from this machine.
   *
   * @param source where the call comes from
   * @param ours the address of ours that it reached
   */
  public boolean takesUnproved(Kind kind, InetAddress source, InetAddress ours) {
    return kind == Kind.TEST
        ? source.isLoopbackAddress() || source.equals(ours)
        : networks.contains(source);
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException with a sentence that names what can't be read
   */
  public static PermittedCalls of(DestinationsSetting setting, int perSource, int total) {
    if (perSource < 1 || total < 1) {
      throw new IllegalArgumentException(
          "unprovedPerSource and unprovedTotal must be 1 or more, or nobody without a key could"
              + " call for help");
    }
    return new PermittedCalls(setting.destinations(), setting.networks(), perSource, total);
  }
}
