package org.latchkey.pbx.reference.internal.call;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.latchkey.pbx.reference.internal.transport.Flow;

/** The calls there are, by Call-ID and the tag of each side. On the SIP thread. */
final class CallTable {

  private final Map<String, Call> bySide = new HashMap<>();
  private int calls;

  /** How many calls there are. */
  int size() {
    return calls;
  }

  /** The call that a side belongs to. */
  Optional<Call> find(String callId, String tag) {
    return Optional.ofNullable(bySide.get(key(callId, tag)));
  }

  /** Adds a call, known by its caller; false when there is one that is known by that. */
  boolean add(Call call) {
    boolean added = bySide.putIfAbsent(key(call.callId(), call.caller().tag()), call) == null;
    if (added) {
      calls++;
    }
    return added;
  }

  /**
   * Makes a call known by a called side too; false when it has no room, or the tag is another's.
   */
  boolean addCalled(Call call, Leg leg) {
    boolean added =
        call.hasRoom() && bySide.putIfAbsent(key(call.callId(), leg.tag()), call) == null;
    if (added) {
      call.add(leg);
    }
    return added;
  }

  /**
   * A called side hung up, or was: an answered call ends with the last of them. One that still
   * rings ends by the answer to its INVITE.
   */
  void hungUp(Call call, Leg called) {
    called.hungUp();
    if (call.isEstablished() && call.called().stream().noneMatch(Leg::isUp)) {
      end(call);
    }
  }

  /** Ends a call and forgets it. */
  void end(Call call) {
    if (call.isEnded()) {
      return;
    }
    call.end();
    calls--;
    bySide.remove(key(call.callId(), call.caller().tag()), call);
    call.called().forEach(leg -> bySide.remove(key(call.callId(), leg.tag()), call));
  }

  /** The ways to the sides of all calls. */
  Stream<Flow> flows() {
    return bySide.values().stream()
        .distinct()
        .flatMap(call -> Stream.concat(Stream.of(call.caller()), call.called().stream()))
        .map(Leg::flow);
  }

  /** All calls. */
  List<Call> all() {
    return bySide.values().stream().distinct().toList();
  }

  private static String key(String callId, String tag) {
    return callId + '\n' + tag;
  }
}
