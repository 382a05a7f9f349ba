package org.latchkey.keyagent.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.latchkey.admission.Hold;
import org.latchkey.admission.HoldRecords;

/** What the store knows of holds, for who exports. */
class FakeHolds implements HoldRecords {
  final List<Hold> all = new ArrayList<>();

  @Override
  public List<Hold> holds() {
    return all;
  }

  @Override
  public boolean knowsNewKeys() {
    return true;
  }

  @Override
  public void add(Hold hold) {
    throw new UnsupportedOperationException("exporting changes nothing");
  }

  @Override
  public void addAll(List<Hold> holds) {
    throw new UnsupportedOperationException("exporting changes nothing");
  }

  @Override
  public void removeAll(Collection<String> keyIdentifiers, Hold.Kind kind) {
    throw new UnsupportedOperationException("exporting changes nothing");
  }

  @Override
  public void remove(String keyIdentifier, Hold.Kind kind) {
    throw new UnsupportedOperationException("exporting changes nothing");
  }
}
