package org.latchkey.pbx.reference.internal.registrar;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.transport.Flow;

/** Who is registered where. Any thread may look; only the SIP thread changes it. */
public final class Bindings {

  /** The most contacts one AOR may have; the one not refreshed for longest makes way. */
  static final int MOST_PER_AOR = 10;

  private final InstantSource clock;
  private final int most;
  private final Map<Aor, List<Binding>> byAor = new ConcurrentHashMap<>();

  /** Whose contacts are on a flow: there may be very many flows to look through. */
  private final Map<Flow, Set<Aor>> onFlow = new ConcurrentHashMap<>();

  private final AtomicLong changes = new AtomicLong();

  /** At most {@code most} AORs. */
  public Bindings(InstantSource clock, int most) {
    this.clock = clock;
    this.most = most;
  }

  /** The live contacts of an AOR, the last refreshed first. */
  public List<Binding> of(Aor aor) {
    return byAor.getOrDefault(aor, List.of()).stream()
        .filter(binding -> binding.isLive(clock.instant()))
        .toList();
  }

  /** The live contacts of an AOR that can be reached now. */
  public List<Binding> reachable(Aor aor) {
    return of(aor).stream().filter(binding -> binding.flow().isOpen()).toList();
  }

  /** The contact of an AOR that registered on this very flow, if one did. */
  public Optional<Binding> on(Flow flow, Aor aor) {
    return of(aor).stream().filter(binding -> binding.flow().equals(flow)).findFirst();
  }

  /** The live contacts that registered on this very flow, one for each AOR. */
  public Stream<Binding> on(Flow flow) {
    return onFlow.getOrDefault(flow, Set.of()).stream().flatMap(aor -> on(flow, aor).stream());
  }

  /** Whether a live registration of this AOR was made with this key. */
  public boolean isRegistered(Aor aor, String keyIdentifier) {
    return of(aor).stream().anyMatch(b -> b.keyIdentifier().equals(keyIdentifier));
  }

  /** Everybody's live contacts. */
  public List<Binding> all() {
    return byAor.values().stream()
        .flatMap(List::stream)
        .filter(binding -> binding.isLive(clock.instant()))
        .toList();
  }

  /** How many AORs have contacts. */
  public int size() {
    return byAor.size();
  }

  /** Adds or refreshes a contact; false when there is no room for another AOR. */
  boolean put(Binding binding) {
    if (!byAor.containsKey(binding.aor()) && byAor.size() >= most) {
      return false;
    }
    List<Binding> old = byAor.getOrDefault(binding.aor(), List.of());
    List<Binding> now = new ArrayList<>();
    now.add(binding);
    old.stream().filter(o -> !o.isReplacedBy(binding)).forEach(now::add);
    now.sort(Comparator.comparing(Binding::registeredAt).reversed());
    become(binding.aor(), List.copyOf(now.subList(0, Math.min(now.size(), MOST_PER_AOR))));
    return true;
  }

  /** Removes the contacts of an AOR that match. */
  List<Binding> remove(Aor aor, Predicate<Binding> which) {
    List<Binding> removed = new ArrayList<>();
    List<Binding> kept = new ArrayList<>();
    byAor
        .getOrDefault(aor, List.of())
        .forEach(binding -> (which.test(binding) ? removed : kept).add(binding));
    become(aor, List.copyOf(kept));
    return removed;
  }

  /** Removes everybody's contacts that match. */
  List<Binding> removeAll(Predicate<Binding> which) {
    List<Binding> removed = new ArrayList<>();
    byAor.keySet().forEach(aor -> removed.addAll(remove(aor, which)));
    return removed;
  }

  /** A number that changes with every change. */
  long changes() {
    return changes.get();
  }

  /** These are the contacts of an AOR from now on. */
  private void become(Aor aor, List<Binding> now) {
    changes.incrementAndGet();
    List<Binding> old = now.isEmpty() ? byAor.remove(aor) : byAor.put(aor, now);
    now.forEach(b -> onFlow.computeIfAbsent(b.flow(), f -> ConcurrentHashMap.newKeySet()).add(aor));
    if (old != null) {
      old.stream()
          .map(Binding::flow)
          .filter(flow -> now.stream().noneMatch(b -> b.flow().equals(flow)))
          .forEach(flow -> leave(flow, aor));
    }
  }

  private void leave(Flow flow, Aor aor) {
    onFlow.computeIfPresent(
        flow,
        (f, aors) -> {
          aors.remove(aor);
          return aors.isEmpty() ? null : aors;
        });
  }
}
