package org.latchkey.keyagent.internal;

import java.time.Instant;
import org.latchkey.key.Aor;
import org.latchkey.registration.RegistrationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Learns which keys have registered, after which a code fetches them no more. */
@Component(immediate = true)
public final class RegistrationNotes implements RegistrationListener {

  private final Agent agent;

  /** The service. */
  @Activate
  public RegistrationNotes(@Reference Agent agent) {
    this.agent = agent;
  }

  @Override
  public void accepted(String keyIdentifier, Aor aor, Instant at) {
    agent.registered(keyIdentifier, at);
  }
}
