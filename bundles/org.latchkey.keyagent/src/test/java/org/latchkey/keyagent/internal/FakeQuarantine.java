package org.latchkey.keyagent.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.admission.Hold;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.admission.Quarantine;

/** A quarantine that remembers who waits for approval. */
final class FakeQuarantine implements Quarantine {

  final List<String> waiting = new ArrayList<>();
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
    throw new UnsupportedOperationException("the agent holds nobody");
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
    return waiting.contains(keyIdentifier)
        ? List.of(new Hold(keyIdentifier, Hold.Kind.AWAITS_APPROVAL, "", "anna", Instant.EPOCH))
        : List.of();
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
