package org.latchkey.keyagent.internal;

import java.util.List;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;

/**
 * A journal that keeps everything.
 *
 * @param events what it was told
 */
record FakeJournal(List<PhoneEvent> events) implements PhoneJournal {

  @Override
  public void note(PhoneEvent event) {
    events.add(event);
  }

  @Override
  public List<PhoneEvent> recent(String phone, int limit) {
    throw new UnsupportedOperationException("the agent never asks");
  }
}
