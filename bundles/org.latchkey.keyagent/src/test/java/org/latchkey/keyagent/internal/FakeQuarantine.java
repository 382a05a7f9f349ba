package org.latchkey.keyagent.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.admission.Hold;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.admission.Quarantine;

/** A quarantine that remembers who waits for approval. */
final class FakeQuarantine implements Quarantine {

  final List<String> waiting = new ArrayList<>();
  final Map<String, String> held = new LinkedHashMap<>();
  final Set<String> left = new LinkedHashSet<>();
  private final List<String> diary;

  /** Writes what it is told into the diary. */
  FakeQuarantine(List<String> diary) {
    this.diary = diary;
  }

  @Override
  public void awaitApproval(String keyIdentifier, String actor) {
    waiting.add(keyIdentifier);
    diary.add("quarantine: waits");
  }

  @Override
  public void hold(String keyIdentifier, String reason, String actor) {
    held.put(keyIdentifier, reason);
    diary.add("quarantine: holds");
  }

  @Override
  public void leaveBehind(Collection<String> keyIdentifiers, String reason, String actor) {
    left.addAll(keyIdentifiers);
    diary.add("quarantine: leaves behind " + keyIdentifiers.size());
  }

  @Override
  public void forgetLeftBehind(Collection<String> keyIdentifiers, String actor) {
    left.removeAll(keyIdentifiers);
  }

  @Override
  public boolean release(String keyIdentifier, String actor) {
    throw new UnsupportedOperationException("the agent releases nobody");
  }

  @Override
  public boolean approve(String keyIdentifier, String actor) {
    throw new UnsupportedOperationException("the agent approves nobody");
  }

  @Override
  public List<Hold> holds(String keyIdentifier) {
    List<Hold> holds = new ArrayList<>();
    if (waiting.contains(keyIdentifier)) {
      holds.add(hold(keyIdentifier, Hold.Kind.AWAITS_APPROVAL, ""));
    }
    if (held.containsKey(keyIdentifier)) {
      holds.add(hold(keyIdentifier, Hold.Kind.HELD, held.get(keyIdentifier)));
    }
    if (left.contains(keyIdentifier)) {
      holds.add(hold(keyIdentifier, Hold.Kind.LEFT_BEHIND, "left"));
    }
    return holds;
  }

  private static Hold hold(String keyIdentifier, Hold.Kind kind, String reason) {
    return new Hold(keyIdentifier, kind, reason, "anna", Instant.EPOCH);
  }

  @Override
  public List<Hold> holds() {
    return List.of();
  }

  @Override
  public PermittedDestinations permitted() {
    throw new UnsupportedOperationException("the agent calls nobody");
  }

  @Override
  public Optional<String> helpDesk() {
    return Optional.empty();
  }
}
