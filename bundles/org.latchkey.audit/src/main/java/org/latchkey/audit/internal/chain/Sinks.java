package org.latchkey.audit.internal.chain;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.AuditSink;

/**
 * The sinks that are there, each in its lane. Adding and removing is for any thread; what changes
 * lanes is for the chain's thread.
 */
final class Sinks {

  private final List<Lane> lanes = new CopyOnWriteArrayList<>();
  private final Duration longest;

  /** No sinks yet; a call of one may take so long. */
  Sinks(Duration longest) {
    this.longest = longest;
  }

  void add(AuditSink sink, int ranking, Link known) {
    lanes.add(new Lane(sink, ranking, known, longest));
  }

  void remove(AuditSink sink) {
    List<Lane> gone = lanes.stream().filter(lane -> lane.sink() == sink).toList();
    lanes.removeAll(gone);
    gone.forEach(Lane::close);
  }

  List<Lane> lanes() {
    return lanes;
  }

  List<Lane> archives() {
    return lanes.stream().filter(lane -> lane.archive().isPresent()).toList();
  }

  /** Whether some archive has all that the chain has. */
  boolean anyCurrent() {
    return archives().stream().anyMatch(lane -> lane.state() == Lane.State.CURRENT);
  }

  /** Whether some archive has confirmed all of the chain. */
  boolean anyHas(Recent recent) {
    return archives().stream()
        .anyMatch(lane -> isCurrent(lane) && lane.position().equals(recent.end()));
  }

  /** Where records can be read, those that have all first, then by ranking. */
  List<AuditArchive> readable() {
    return lanes.stream()
        .filter(lane -> lane.state() != Lane.State.HANGING && lane.state() != Lane.State.FORKED)
        .sorted(Comparator.comparing(Sinks::isCurrent).thenComparing(Lane::ranking).reversed())
        .flatMap(lane -> lane.archive().stream())
        .toList();
  }

  private static boolean isCurrent(Lane lane) {
    return lane.state() == Lane.State.CURRENT;
  }

  /** Takes note of what the lanes did, and of which lack more than memory has. */
  void look(Recent recent) {
    for (Lane lane : lanes) {
      lane.look();
      Link at = lane.position();
      boolean other =
          recent.hashOf(at.number()).filter(hash -> !hash.equals(at.hash())).isPresent();
      if (other || !recent.reachesBackTo(at.number())) {
        lane.fallBehind();
      }
    }
  }

  /** Says of those that have not got the last records that they lack them. */
  void fallBehind(Recent recent) {
    for (Lane lane : lanes) {
      if (!lane.isBusy() && lane.position().number() < recent.end().number()) {
        lane.fallBehind();
      }
    }
  }

  /**
   * Has those that lack records caught up.
   *
   * @param left what the process before left
   */
  void catchUp(Recent recent, Left left) {
    for (Lane lane : lanes) {
      List<AuditArchive> others = readable().stream().filter(a -> a != lane.sink()).toList();
      lane.catchUp(new CatchUp.Others(recent, others, left));
    }
  }

  /**
   * Has all that are current write what they lack. Only archives are waited for.
   *
   * @param before the chain without what is written now
   * @return whether an archive has done it before {@link System#nanoTime} was {@code deadline}
   */
  boolean write(Recent before, Recent recent, long deadline) {
    lanes.stream().filter(lane -> !isIn(before, lane.position())).forEach(Lane::fallBehind);
    List<Lane> current = lanes.stream().filter(Sinks::isCurrent).toList();
    current.forEach(lane -> lane.write(recent));
    return await(current, deadline);
  }

  /** One that has just been found to go on differently, or further, is compared first. */
  private static boolean isIn(Recent recent, Link at) {
    return recent.hashOf(at.number()).filter(at.hash()::equals).isPresent();
  }

  /**
   * Waits for archives that are being caught up.
   *
   * @return whether an archive is current now
   */
  boolean awaitCaughtUp(long deadline) {
    return await(lanes.stream().filter(l -> l.state() != Lane.State.HANGING).toList(), deadline);
  }

  private static boolean await(List<Lane> begun, long deadline) {
    boolean any = false;
    for (Lane lane : begun) {
      any |= lane.archive().isPresent() && lane.await(deadline);
    }
    return any;
  }

  /** Why nothing can be written, for whoever is refused. */
  String reasons() {
    String reasons =
        archives().stream()
            .map(lane -> lane.sink().name() + ": " + lane.reason())
            .collect(Collectors.joining("; "));
    return reasons.isEmpty() ? "it has no sink" : reasons;
  }

  void close() {
    lanes.forEach(Lane::close);
  }
}
