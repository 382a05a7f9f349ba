package org.latchkey.shell.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.latchkey.admission.Hold;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.admission.Quarantine;

/** A quarantine that keeps its holds in a list. */
public final class FakeQuarantine implements Quarantine {

  private final List<Hold> holds = new ArrayList<>();

  @Override
  public void hold(String keyIdentifier, String reason, String actor) {
    holds.add(new Hold(keyIdentifier, Hold.Kind.HELD, reason, actor, FakeAgent.THEN));
  }

  @Override
  public void awaitApproval(String keyIdentifier, String actor) {
    holds.add(new Hold(keyIdentifier, Hold.Kind.AWAITS_APPROVAL, "", actor, FakeAgent.THEN));
  }

  @Override
  public boolean release(String keyIdentifier, String actor) {
    return holds.removeIf(
        hold -> hold.keyIdentifier().equals(keyIdentifier) && hold.kind() == Hold.Kind.HELD);
  }

  @Override
  public boolean approve(String keyIdentifier, String actor) {
    return holds.removeIf(
        hold ->
            hold.keyIdentifier().equals(keyIdentifier) && hold.kind() == Hold.Kind.AWAITS_APPROVAL);
  }

  @Override
  public void leaveBehind(Collection<String> keyIdentifiers, String reason, String actor) {
    for (String key : keyIdentifiers) {
      holds.add(new Hold(key, Hold.Kind.LEFT_BEHIND, reason, actor, FakeAgent.THEN));
    }
  }

  @Override
  public void forgetLeftBehind(Collection<String> keyIdentifiers, String actor) {
    holds.removeIf(hold -> keyIdentifiers.contains(hold.keyIdentifier()));
  }

  @Override
  public List<Hold> holds(String keyIdentifier) {
    return holds.stream().filter(hold -> hold.keyIdentifier().equals(keyIdentifier)).toList();
  }

  @Override
  public List<Hold> holds() {
    return List.copyOf(holds);
  }

  @Override
  public PermittedDestinations permitted() {
    return PermittedDestinations.of(List.of(), List.of(), List.of());
  }

  @Override
  public Optional<String> helpDesk() {
    return Optional.empty();
  }
}
