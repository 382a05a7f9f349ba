package org.latchkey.keyagent.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;

/**
 * What generations are, by all that this node knows of them. The store may have been lost, or be an
 * older one; what the signed snapshot says was cut off, compromised or destroyed stays so. Of a
 * generation whose keys may be out without a record none is issued any more, so that no identifier
 * is issued twice; it verifies. That it was retired is not taken over: nobody knows whom that held.
 *
 * @param stored as the store has them
 * @param snapshot as the snapshot of revocations has them; {@link Roster#NONE} without one
 */
record FoundGenerations(List<Generation> stored, Roster snapshot) {

  /** One that the store has, as it should have it. */
  Generation mended(Generation g) {
    int number = g.number();
    boolean compromised = g.compromised() || snapshot.compromised().contains(number);
    boolean news = compromised && !g.compromised();
    State state = said(number).map(said -> later(g.state(), said)).orElse(g.state());
    return found(g, state, compromised, g.cutOff() || news || cutOff(number));
  }

  /**
   * One that the store does not have, as it should have it.
   *
   * @param created it, as if it were new
   * @param keys all generations of the custody
   */
  Generation unknown(Generation created, Set<Integer> keys) {
    int number = created.number();
    boolean compromised = snapshot.compromised().contains(number);
    // Who is held, and which keys of it were issued, is not known any more: it is cut off.
    return found(created, state(number, keys), compromised, compromised || cutOff(number));
  }

  private State state(int number, Set<Integer> keys) {
    Optional<State> said = said(number);
    if (said.isPresent()) {
      return later(State.CREATED, said.get());
    }
    if (snapshot.states().isEmpty()) {
      // The first start was cut off; or there is nobody to ask.
      return stored.isEmpty() && keys.size() == 1 ? State.ISSUING : State.VERIFY_ONLY;
    }
    // A rotation was cut off; doubt is in favour of phones that may have its keys.
    return !stored.isEmpty() && number > highest() ? State.DISTRIBUTED : State.VERIFY_ONLY;
  }

  private static State later(State stored, State said) {
    if (stored == State.DESTROYED || said == State.DESTROYED) {
      return State.DESTROYED;
    }
    if (said.compareTo(stored) <= 0) {
      return stored;
    }
    boolean out = said.compareTo(State.ISSUING) >= 0;
    return out && stored.compareTo(State.VERIFY_ONLY) < 0 ? State.VERIFY_ONLY : out ? stored : said;
  }

  /** Numbers of destroyed ones that the store does not know: they are never used again. */
  Set<Integer> spent() {
    Set<Integer> numbers = new TreeSet<>(snapshot.states().keySet());
    numbers.removeIf(number -> !snapshot.isDestroyed(number));
    stored.forEach(g -> numbers.remove(g.number()));
    return numbers;
  }

  /** The highest number that anybody knows of; 0 when there is none. */
  int highest() {
    return IntStream.concat(
            stored.stream().mapToInt(Generation::number),
            snapshot.states().keySet().stream().mapToInt(Integer::intValue))
        .max()
        .orElse(0);
  }

  /** All of them, while the store can't be told. */
  Roster roster(Set<Integer> keys) {
    List<Generation> all = new ArrayList<>();
    stored.forEach(g -> all.add(mended(g)));
    for (int number : keys) {
      if (stored.stream().noneMatch(g -> g.number() == number)) {
        all.add(unknown(Generation.created(number, "", Instant.EPOCH, ""), keys));
      }
    }
    return Roster.of(all);
  }

  private static Generation found(Generation g, State state, boolean compromised, boolean cutOff) {
    return new Generation(
        g.number(),
        g.checkValue(),
        g.createdAt(),
        g.enterprise(),
        state,
        g.since(),
        compromised,
        cutOff);
  }

  private Optional<State> said(int number) {
    return Optional.ofNullable(snapshot.states().get(number));
  }

  private boolean cutOff(int number) {
    return snapshot.cutOff().contains(number);
  }
}
