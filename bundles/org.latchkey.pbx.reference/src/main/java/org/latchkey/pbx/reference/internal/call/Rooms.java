package org.latchkey.pbx.reference.internal.call;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;

/**
 * Memory for transactions, apart for ordinary calls and for each kind of permitted destination:
 * what calls of one sort leave behind never takes the room of emergency calls. On the SIP thread.
 */
final class Rooms {

  private static final long MOST_ORDINARY = 64L << 20;
  private static final long MOST_PERMITTED = 16L << 20;
  private static final int PART_ORDINARY = 8;
  private static final int PART_PERMITTED = 32;

  /** What one key or trunk may have of the room for ordinary calls. */
  private static final int PART_OF_ONE = 8;

  private final Room ordinary;
  private final Map<Kind, Room> permitted = new EnumMap<>(Kind.class);

  private Rooms(long ordinary, long permittedEach) {
    this.ordinary = new Room(ordinary, ordinary / PART_OF_ONE);
    for (Kind kind : Kind.values()) {
      permitted.put(kind, new Room(permittedEach, permittedEach));
    }
  }

  /** As much as a heap of so many bytes can spare. */
  static Rooms inHeapOf(long bytes) {
    return new Rooms(
        Math.min(MOST_ORDINARY, bytes / PART_ORDINARY),
        Math.min(MOST_PERMITTED, bytes / PART_PERMITTED));
  }

  /** The room for calls to a permitted destination, or for all others when there is none. */
  Room of(@Nullable Destination destination) {
    return destination == null ? ordinary : ofKind(destination.kind());
  }

  /** The room for calls to permitted destinations of a kind. */
  Room ofKind(Kind kind) {
    return Objects.requireNonNull(permitted.get(kind));
  }
}
