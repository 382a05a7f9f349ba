package org.latchkey.pbx.reference.internal.call;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.transport.Flow;

/**
 * Places for calls to permitted destinations, apart for each kind, so that calls to the help desk
 * or the test destination never take one of an emergency call. A registered phone has a few of its
 * own: on UDP its address can be forged, so that they must not be all. On the SIP thread.
 */
final class PermittedPlaces {

  /** How many a registered phone has before it takes those of unproved callers. */
  static final int SURE = 4;

  private final Callers callers;
  private final Map<Kind, OfKind> kinds = new EnumMap<>(Kind.class);

  PermittedPlaces(Callers callers) {
    this.callers = callers;
    for (Kind kind : Kind.values()) {
      kinds.put(kind, new OfKind(new CallerPlaces<>(), new CallerPlaces<>(), new CallerPlaces<>()));
    }
  }

  /**
   * Takes a place for a call; empty when there is none for this caller.
   *
   * @param room what must be free for callers who proved nothing
   */
  Optional<CallerPlaces.Place> enter(
      SipMessage request,
      Flow flow,
      Kind kind,
      Optional<Originator.Trusted> trunk,
      PermittedCalls permitted,
      Room room) {
    OfKind places = Objects.requireNonNull(kinds.get(kind));
    Optional<CallerPlaces.Place> sure =
        callers
            .registeredAt(request, flow)
            .flatMap(
                binding -> places.sure.enter(binding.keyIdentifier(), SURE, Integer.MAX_VALUE));
    if (sure.isPresent()) {
      return sure;
    }
    if (trunk.isPresent()) {
      return places.trunks.enter(trunk.get().name(), permitted.total(), Integer.MAX_VALUE);
    }
    InetAddress source = flow.remote().getAddress();
    return room.isFree() && permitted.takesUnproved(kind, source, flow.local().getAddress())
        ? places.unproved.enter(source, permitted.perSource(), permitted.total())
        : Optional.empty();
  }

  /** How many unproved callers have a place now. */
  int unproved() {
    return kinds.values().stream().mapToInt(of -> of.unproved.total()).sum();
  }

  /** The places of one kind: of keys, of trunks by name, and of sources that proved nothing. */
  private record OfKind(
      CallerPlaces<String> sure, CallerPlaces<String> trunks, CallerPlaces<InetAddress> unproved) {}
}
