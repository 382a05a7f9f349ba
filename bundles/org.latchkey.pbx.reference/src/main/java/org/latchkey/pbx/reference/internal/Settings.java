package org.latchkey.pbx.reference.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.latchkey.pbx.reference.internal.call.MoveCode;
import org.latchkey.pbx.reference.internal.call.TrunkSources;
import org.latchkey.pbx.reference.internal.transport.ListenerSpec;

/**
 * The settings of the PBX, checked.
 *
 * @param realm what it challenges for
 * @param domains the domains it serves, lower case
 * @param telDomain the one of them that {@code tel:} URIs belong to
 * @param listeners where it listens
 * @param trunks whose calls are not challenged
 * @param certificate the chain of the TLS listeners
 * @param key its key
 * @param maxRingingSeconds how long a call may ring
 * @param maxCalls how many calls of phones there may be; permitted destinations are not counted
 * @param maxCallsPerPhone how many of those may be of one key
 * @param maxCallsPerTrunk how many calls of one trunk there may be beside those
 * @param maxRegistrations how many AORs may be registered
 * @param connectionsPerSource how many connections one address may have
 * @param connections how many all may have
 * @param moveCode what users dial who move
 */
public record Settings(
    String realm,
    Set<String> domains,
    String telDomain,
    List<ListenerSpec> listeners,
    TrunkSources trunks,
    Path certificate,
    Path key,
    int maxRingingSeconds,
    int maxCalls,
    int maxCallsPerPhone,
    int maxCallsPerTrunk,
    int maxRegistrations,
    int connectionsPerSource,
    int connections,
    MoveCode moveCode) {

  /** Copies the collections. */
  public Settings {
    domains = Set.copyOf(domains);
    listeners = List.copyOf(listeners);
  }
}
