package org.latchkey.doctor.internal;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.admission.Hold;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.admission.Quarantine;

/** A quarantine of keys. */
final class TestQuarantine implements Quarantine {

  final Set<String> held = new HashSet<>();
  final PermittedDestinations permitted;

  TestQuarantine(String emergency, String test) {
    permitted =
        PermittedDestinations.of(
            List.of(emergency), List.of("7000=sip:7000@localhost"), List.of(test));
  }

  @Override
  public void hold(String keyIdentifier, String reason, String actor) {
    held.add(keyIdentifier);
  }

  @Override
  public boolean release(String keyIdentifier, String actor) {
    return held.remove(keyIdentifier);
  }

  @Override
  public PermittedDestinations permitted() {
    return permitted;
  }

  @Override
  public void awaitApproval(String keyIdentifier, String actor) {}

  @Override
  public boolean approve(String keyIdentifier, String actor) {
    return false;
  }

  @Override
  public void leaveBehind(Collection<String> keyIdentifiers, String reason, String actor) {
    throw new UnsupportedOperationException("the doctor leaves nobody behind");
  }

  @Override
  public void forgetLeftBehind(Collection<String> keyIdentifiers, String actor) {
    throw new UnsupportedOperationException("the doctor leaves nobody behind");
  }

  @Override
  public List<Hold> holds(String keyIdentifier) {
    return List.of();
  }

  @Override
  public List<Hold> holds() {
    return List.of();
  }

  @Override
  public Optional<String> helpDesk() {
    return Optional.empty();
  }
}
