package org.latchkey.pbx.reference.internal.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;

/** A call: its caller, and one called side for each To tag that answered. On the SIP thread. */
final class Call {

  /** Forking makes few tags; a peer that makes up more is not listened to. */
  private static final int MOST_CALLED = 20;

  private final String callId;
  private final Leg caller;
  private final @Nullable Destination permitted;
  private final Room room;
  private final Runnable release;
  private final long begunNanos = System.nanoTime();
  private final List<Leg> called = new ArrayList<>(2);
  private int requests;
  private boolean established;
  private boolean ended;
  private Runnable abandon = () -> {};

  /**
   * A call.
   *
   * @param permitted the permitted destination it goes to, if it does
   * @param room what its transactions are counted to
   * @param release gives its place back, however often it is run
   */
  Call(String callId, Leg caller, @Nullable Destination permitted, Room room, Runnable release) {
    this.callId = callId;
    this.caller = caller;
    this.permitted = permitted;
    this.room = room;
    this.release = release;
  }

  String callId() {
    return callId;
  }

  Leg caller() {
    return caller;
  }

  /** The permitted destination it goes to, if it does. */
  @Nullable Destination permitted() {
    return permitted;
  }

  /** What its transactions are counted to. */
  Room room() {
    return room;
  }

  /** Whether it goes to an emergency destination. */
  boolean isEmergency() {
    return permitted != null && permitted.kind() == Kind.EMERGENCY;
  }

  /** How many requests inside it are open, or remembered for their copies. */
  int requests() {
    return requests;
  }

  /** One more request inside it; what is returned is run when that is forgotten. */
  Runnable requestBegins() {
    requests++;
    return () -> requests--;
  }

  /** Whether it was answered. */
  boolean isEstablished() {
    return established;
  }

  boolean isEnded() {
    return ended;
  }

  /** How old it is in nanoseconds. */
  long ageNanos() {
    return System.nanoTime() - begunNanos;
  }

  /** The called sides that have a tag by now. */
  List<Leg> called() {
    return called;
  }

  /** The side with a tag. */
  Optional<Leg> leg(String tag) {
    return tag.equals(caller.tag())
        ? Optional.of(caller)
        : called.stream().filter(leg -> leg.tag().equals(tag)).findFirst();
  }

  /** Whether another called side may be added: while it lasts, and there are not too many. */
  boolean hasRoom() {
    return !ended && called.size() < MOST_CALLED;
  }

  /** Adds a called side. */
  void add(Leg leg) {
    called.add(leg);
  }

  /** It was answered. */
  void establish() {
    established = true;
  }

  /** What stops the ringing. */
  void onAbandon(Runnable action) {
    abandon = action;
  }

  /** Stops the ringing. */
  void abandonRinging() {
    abandon.run();
  }

  /** Gives its place back; it may go on. */
  void releasePlace() {
    release.run();
  }

  /** It is over. */
  void end() {
    ended = true;
    release.run();
  }
}
